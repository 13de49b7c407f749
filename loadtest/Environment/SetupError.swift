/// Why a test cannot begin or cannot go on, in one sentence that says what to do.
struct SetupError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
