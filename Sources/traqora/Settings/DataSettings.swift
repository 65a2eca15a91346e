import Cache
import Database
import Telemetry
import TraqoraServer

/// How the texts of settings about data become values.
enum DataSettings {
    /// `DATABASE_URL`
    static func location(_ text: String) throws(SettingFault) -> DatabaseConfiguration.Location {
        do {
            return try DatabaseConfiguration.Location(url: text)
        } catch {
            // The text may hold a password.
            throw SettingFault(
                "\(error.message): use sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")
        }
    }

    /// `REDIS_URL`
    static func redis(_ text: String) throws(SettingFault) -> RedisURL {
        do { return try RedisURL(text) } catch { throw SettingFault(error.description) }
    }

    /// `DATA_KEYS`
    static func columnKeys(_ text: String) throws(SettingFault) -> ColumnKeys {
        do {
            return try ColumnKeys(Secret(text))
        } catch {
            throw SettingFault(error.description)
        }
    }
}
