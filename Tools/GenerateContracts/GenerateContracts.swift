@main
struct GenerateContracts {
    static func main() {}
}
