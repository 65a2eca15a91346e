@main
struct GenerateXDR {
    static func main() {}
}
