/// Settings that cannot be run: a mistake of the user, told in one sentence that says what to do.
struct ScenarioError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
