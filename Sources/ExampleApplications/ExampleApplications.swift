@main struct ExampleApplications {
    static func main() {}
}
