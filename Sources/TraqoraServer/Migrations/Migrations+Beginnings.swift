extension Migrations {
    /// Where each book of the ledger begins, which contracts it met in the middle of their lives,
    /// and up to which ledger a bond is known that was read there instead of from its events.
    static let beginnings = """
        CREATE TABLE ledger_books (
            name TEXT PRIMARY KEY, first_ledger BIGINT NOT NULL, is_announced BOOLEAN NOT NULL,
            filled BIGINT NOT NULL);
        CREATE TABLE ledger_book_contracts (
            book TEXT NOT NULL, contract TEXT NOT NULL, is_whole BOOLEAN NOT NULL,
            PRIMARY KEY (book, contract));
        ALTER TABLE airlines ADD COLUMN known_ledger BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE airline_bonds ADD COLUMN known_ledger BIGINT NOT NULL DEFAULT 0;
        """
}
