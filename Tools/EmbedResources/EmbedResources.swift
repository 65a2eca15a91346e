@main
struct EmbedResources {
    static func main() {}
}
