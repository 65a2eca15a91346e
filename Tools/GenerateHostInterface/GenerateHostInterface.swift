@main
struct GenerateHostInterface {
    static func main() {}
}
