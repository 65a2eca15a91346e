/// A document for printing: pages of text in the fonts that every reader has, PDF 1.4 (ISO 32000).
///
/// Text is set in Helvetica with the characters of WinAnsi; what is not among them becomes `?`, so
/// the caller says it in letters that are.
struct PDFDocument {
    /// A font that needs no embedding.
    enum Font: String, CaseIterable {
        case regular = "Helvetica"
        case bold = "Helvetica-Bold"

        fileprivate var name: String { self == .regular ? "F1" : "F2" }
    }

    /// A4, in points.
    static let width = 595.0
    static let height = 842.0

    private var pages: [[UInt8]] = [[]]
    private let title: String

    /// A document of one empty page.
    init(title: String) { self.title = title }

    /// How many pages there are.
    var pageCount: Int { pages.count }

    /// Goes on on a new page.
    mutating func addPage() { pages.append([]) }

    /// Sets a line of text on the last page.
    /// - Parameters:
    ///   - x: from the left, `y` from the bottom, to the base line; points.
    ///   - gray: 0 is black, 1 white.
    mutating func add(
        _ text: String, x: Double, y: Double, size: Double, font: Font = .regular,
        gray: Double = 0
    ) {
        append(
            "BT /\(font.name) \(Self.number(size)) Tf \(Self.number(gray)) g "
                + "\(Self.number(x)) \(Self.number(y)) Td (")
        for byte in WinAnsi.encode(text) {
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\\")
            {
                pages[pages.count - 1].append(UInt8(ascii: "\\"))
            }
            pages[pages.count - 1].append(byte)
        }
        append(") Tj ET\n")
    }

    /// Draws a thin line from side to side.
    mutating func addRule(x: Double, y: Double, length: Double) {
        append(
            "0.8 G 0.5 w \(Self.number(x)) \(Self.number(y)) m "
                + "\(Self.number(x + length)) \(Self.number(y)) l S\n")
    }

    /// The file.
    var bytes: [UInt8] {
        let fonts = Font.allCases.map { "/\($0.name) \(4 + ($0 == .bold ? 1 : 0)) 0 R" }
        let firstPage = 6
        let kids = pages.indices.map { "\(firstPage + 2 * $0) 0 R" }.joined(separator: " ")
        var writer = Writer()
        writer.add("<< /Type /Catalog /Pages 2 0 R >>")
        writer.add("<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>")
        writer.add("<< /Title \(Self.literal(title)) /Producer (Traqora) >>")
        for font in Font.allCases {
            writer.add(
                "<< /Type /Font /Subtype /Type1 /BaseFont /\(font.rawValue) "
                    + "/Encoding /WinAnsiEncoding >>")
        }
        for (index, page) in pages.enumerated() {
            writer.add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(Self.number(Self.width)) "
                    + "\(Self.number(Self.height))] /Contents \(firstPage + 2 * index + 1) 0 R "
                    + "/Resources << /Font << \(fonts.joined(separator: " ")) >> >> >>")
            writer.add("<< /Length \(page.count) >>", stream: page)
        }
        return writer.finish(information: 3)
    }

    private mutating func append(_ text: String) { pages[pages.count - 1] += Array(text.utf8) }

    private static func literal(_ text: String) -> String {
        "(\(text.filter { $0.isASCII && $0 != "(" && $0 != ")" && $0 != "\\" }))"
    }

    /// A number with two digits after the point, whatever the machine's language.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return rest == 0 ? "\(whole)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Objects one after another, with the table of where each begins.
    private struct Writer {
        // Four bytes above 127 tell who copies the file that it is not text.
        var bytes: [UInt8] = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var offsets: [Int] = []

        mutating func add(_ object: String, stream: [UInt8]? = nil) {
            offsets.append(bytes.count)
            bytes += Array("\(offsets.count) 0 obj\n\(object)\n".utf8)
            if let stream {
                bytes += Array("stream\n".utf8) + stream + Array("\nendstream\n".utf8)
            }
            bytes += Array("endobj\n".utf8)
        }

        mutating func finish(information: Int) -> [UInt8] {
            let table = bytes.count
            bytes += Array("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8)
            for offset in offsets {
                let digits = String(offset)
                let padding = String(repeating: "0", count: max(0, 10 - digits.utf8.count))
                bytes += Array("\(padding)\(digits) 00000 n \n".utf8)
            }
            bytes += Array(
                """
                trailer
                << /Size \(offsets.count + 1) /Root 1 0 R /Info \(information) 0 R >>
                startxref
                \(table)
                %%EOF

                """.utf8)
            return bytes
        }
    }
}
