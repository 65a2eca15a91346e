internal import Foundation

extension Database {
    /// Copies the whole database into a new folder, in one state of the data, while others go on
    /// reading and writing: SQLite by its online backup, PostgreSQL by `pg_dump` over an exported
    /// snapshot. What it holds is written beside it, read in the same state.
    /// - Parameters:
    ///   - path: the folder; it must not be there. It appears when it is complete.
    ///   - now: seconds since 1970, for the record.
    /// - Throws: ``DatabaseError``.
    public func backUp(to path: String, now: Int64) async throws -> BackupManifest {
        let version = try await schemaVersion()
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DatabaseError(.backup, "\(path) is there already: a backup is never overwritten")
        }
        let folder = BackupFolder(path: "\(path).partial-\(UUID().uuidString.prefix(8))")
        try folder.make()
        do {
            let tables = try await reading { connection, number in
                let digests = DigestReader(
                    connection: connection, transaction: number, engine: self.engine)
                switch connection {
                case let sqlite as SQLiteConnection:
                    // The first read fixes the state that is copied.
                    let tables = try await digests.digests()
                    try await sqlite.copy(to: folder.dataPath(.sqlite))
                    return tables
                case let server as PostgreSQLConnection:
                    return try await server.dump(
                        to: folder.dataPath(.postgreSQL), digests, in: number)
                default: throw DatabaseError(.backup, "an engine that is not known")
                }
            }
            let manifest = BackupManifest(
                engine: engine, schemaVersion: version, madeAt: now, tables: tables)
            try folder.write(manifest)
            try FileManager.default.moveItem(atPath: folder.path, toPath: path)
            return manifest
        } catch {
            folder.remove()
            throw error
        }
    }

    /// What is in every table, in one state of the data.
    public func digests() async throws -> [TableDigest] {
        try await reading { connection, number in
            try await DigestReader(connection: connection, transaction: number, engine: self.engine)
                .digests()
        }
    }
}

/// Backups that were made by ``Database/backUp(to:now:)``.
public enum Backup {
    /// Puts a backup where `configuration` says, and compares what is there afterwards with what
    /// was backed up. Nothing else may use that database meanwhile.
    /// - Parameter replaces: whether what is there may be lost; else it must be empty.
    /// - Throws: ``DatabaseError/Code/backup`` if it is another engine's, if something is there, or
    ///   if not every row is as it was.
    public static func restore(
        from path: String, to configuration: DatabaseConfiguration, replaces: Bool = false
    ) async throws -> BackupManifest {
        let folder = BackupFolder(path: path)
        let (manifest, engine) = try folder.read()
        switch (engine, configuration.location) {
        case (.sqlite, .file(let target)):
            try await restoreFile(
                folder.dataPath(.sqlite), manifest, to: target, configuration, replaces)
        case (.postgreSQL, .server(let url)):
            let isEmpty = try await makeRoom(for: manifest, in: configuration, url, replaces)
            try await pgRestore(folder.dataPath(.postgreSQL), to: url, cleans: !isEmpty)
            try await compare(configuration, manifest)
        case (.sqlite, _), (.postgreSQL, _):
            throw DatabaseError(.backup, "it is a backup of \(engine.rawValue)")
        }
        return manifest
    }

    /// Proves a backup: restores it into scratch, compares every table, and removes the scratch.
    /// - Parameters:
    ///   - server: where scratch is made for a backup of PostgreSQL: a server on which the user may
    ///     make databases.
    ///   - scratchFolder: where it is made for one of SQLite.
    /// - Throws: ``DatabaseError/Code/backup`` if not every row is as it was.
    public static func verify(
        _ path: String, server: ServerURL?, scratchFolder: String
    ) async throws -> BackupManifest {
        let (manifest, engine) = try BackupFolder(path: path).read()
        let name = "traqora_verify_\(UUID().uuidString.replacing("-", with: "").lowercased())"
        switch engine {
        case .sqlite:
            // Readable for its owner alone, as the backup is.
            let scratch = BackupFolder(path: "\(scratchFolder)/\(name)")
            try scratch.make()
            defer { scratch.remove() }
            return try await restore(
                from: path, to: DatabaseConfiguration(.file(scratch.dataPath(.sqlite))))
        case .postgreSQL:
            guard let server else {
                throw DatabaseError(.backup, "a backup of PostgreSQL is verified on a server")
            }
            let home = try await Database.open(
                DatabaseConfiguration(.server(server), connectionsMax: 1))
            try await home.execute(SQL(stringLiteral: "CREATE DATABASE \(name) TEMPLATE template0"))
            do {
                _ = try await restore(
                    from: path, to: DatabaseConfiguration(.server(server.naming(database: name))))
            } catch {
                try await home.execute(SQL(stringLiteral: "DROP DATABASE \(name) WITH (FORCE)"))
                await home.close()
                throw error
            }
            try await home.execute(SQL(stringLiteral: "DROP DATABASE \(name) WITH (FORCE)"))
            await home.close()
            return manifest
        }
    }

    /// Drops tables that the backup does not know, and that may refer to those it replaces.
    /// - Returns: whether there was nothing.
    private static func makeRoom(
        for manifest: BackupManifest, in configuration: DatabaseConfiguration, _ url: ServerURL,
        _ replaces: Bool
    ) async throws -> Bool {
        let database = try await Database.open(configuration)
        do {
            let found = try await database.digests().map(\.name)
            guard found.isEmpty || replaces else {
                throw DatabaseError(.backup, "\(url) is not empty")
            }
            let newer = Set(found).subtracting(manifest.tables.map(\.name)).sorted()
            try await database.transaction { transaction in
                for name in newer {
                    let quoted = name.replacing("\"", with: "\"\"")
                    try await transaction.execute(
                        SQL(stringLiteral: "DROP TABLE \"\(quoted)\" CASCADE"))
                }
            }
            await database.close()
            return found.isEmpty
        } catch {
            await database.close()
            throw error
        }
    }

    private static func restoreFile(
        _ source: String, _ manifest: BackupManifest, to target: String,
        _ configuration: DatabaseConfiguration, _ replaces: Bool
    ) async throws {
        let manager = FileManager.default
        guard replaces || !manager.fileExists(atPath: target) else {
            throw DatabaseError(.backup, "\(target) is there already")
        }
        // Proven beside its place first: what is replaced is lost only when this is right.
        let beside = "\(target).restoring"
        removeFile(beside)
        defer { removeFile(beside) }
        try manager.copyItem(atPath: source, toPath: beside)
        var scratch = configuration
        scratch.location = .file(beside)
        try await compare(scratch, manifest)
        try sync(beside)
        // A log of what was there must not be taken for one of what comes; the file itself is
        // replaced in one step, so that there is a database whenever this is stopped.
        for suffix in ["-wal", "-shm"] where manager.fileExists(atPath: target + suffix) {
            try manager.removeItem(atPath: target + suffix)
        }
        guard rename(beside, target) == 0 else {
            throw DatabaseError(.backup, "\(target) cannot be replaced: error \(errno)")
        }
    }

    private static func sync(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.synchronize()
        try file.close()
    }

    private static func removeFile(_ path: String) {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    private static func pgRestore(_ source: String, to url: ServerURL, cleans: Bool) async throws {
        try await ExternalProgram.run(
            [
                "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
                "--no-privileges", "--dbname", url.withoutPassword,
            ] + (cleans ? ["--clean", "--if-exists"] : []) + [source],
            password: url.parameters["password"])
    }

    private static func compare(
        _ configuration: DatabaseConfiguration, _ manifest: BackupManifest
    ) async throws {
        let database = try await Database.open(configuration)
        let found: [TableDigest]
        do {
            found = try await database.digests()
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        let differing = manifest.differences(from: found)
        guard differing.isEmpty else {
            throw DatabaseError(
                .backup,
                "what was restored differs from what was backed up in "
                    + differing.joined(separator: ", "))
        }
    }
}
