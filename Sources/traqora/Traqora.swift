@main
struct Traqora {
    static func main() {}
}
