extension String {
    /// A text that somebody put into a contract, as it may be kept and shown: what is no character
    /// of a line becomes U+FFFD, a NUL too, which no database of ours keeps.
    var ofLedger: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}
