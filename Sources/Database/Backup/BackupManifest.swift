internal import Foundation

/// What a backup holds: read from the database in the same state of the data that was copied.
public struct BackupManifest: Codable, Hashable, Sendable {
    /// The version of this document.
    public let format: Int
    /// Which engine it is of.
    public let engine: String
    /// The last migration.
    public let schemaVersion: Int
    /// When it was made, in seconds since 1970.
    public let madeAt: Int64
    /// Every table.
    public let tables: [TableDigest]

    private enum CodingKeys: String, CodingKey {
        case format, engine, tables
        case schemaVersion = "schema_version"
        case madeAt = "made_at"
    }

    init(engine: DatabaseEngine, schemaVersion: Int, madeAt: Int64, tables: [TableDigest]) {
        format = 1
        self.engine = engine.rawValue
        self.schemaVersion = schemaVersion
        self.madeAt = madeAt
        self.tables = tables
    }

    /// How many rows there are in all.
    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }

    /// The tables in which `others` differ.
    func differences(from others: [TableDigest]) -> [String] {
        let wanted = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
        let found = Dictionary(uniqueKeysWithValues: others.map { ($0.name, $0) })
        return Set(wanted.keys).union(found.keys).filter { wanted[$0] != found[$0] }.sorted()
    }
}

/// A folder that holds a backup: the data as the engine's own tools write it, and the manifest.
struct BackupFolder {
    let path: String

    var manifestPath: String { "\(path)/manifest.json" }
    func dataPath(_ engine: DatabaseEngine) -> String {
        switch engine {
        case .sqlite: "\(path)/data.sqlite"
        case .postgreSQL: "\(path)/data.pgdump"
        }
    }

    /// The manifest and its engine.
    func read() throws(DatabaseError) -> (BackupManifest, DatabaseEngine) {
        guard let data = FileManager.default.contents(atPath: manifestPath) else {
            throw DatabaseError(.backup, "\(path) holds no backup: it has no manifest.json")
        }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),
            manifest.format == 1, let engine = DatabaseEngine(rawValue: manifest.engine)
        else { throw DatabaseError(.backup, "\(manifestPath) is damaged or of a newer version") }
        guard FileManager.default.fileExists(atPath: dataPath(engine)) else {
            throw DatabaseError(.backup, "\(dataPath(engine)) is missing")
        }
        return (manifest, engine)
    }

    /// Makes the folder, for its owner alone: a backup holds what the database holds.
    func make() throws(DatabaseError) {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DatabaseError(.backup, "\(path) is there already: a backup is never overwritten")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw DatabaseError(.backup, "\(path) cannot be made: \(error.localizedDescription)")
        }
    }

    func write(_ manifest: BackupManifest) throws(DatabaseError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(manifest).write(
                to: URL(fileURLWithPath: manifestPath), options: .atomic)
        } catch {
            throw DatabaseError(.backup, "\(manifestPath) cannot be written")
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
