extension Scenario.Driver {
    /// Reads `busdriver`, `external` or `spawn:COMMAND`.
    init(_ text: String) throws(ScenarioError) {
        let prefix = "spawn:"
        switch text {
        case "busdriver": self = .busdriver
        case "external": self = .external
        case _ where text.hasPrefix(prefix) && text.dropFirst(prefix.count).contains { !$0.isWhitespace }:
            self = .spawn(String(text.dropFirst(prefix.count)))
        default:
            throw ScenarioError("'\(text)' is not a driver; write busdriver, external or spawn:'COMMAND'.")
        }
    }
}
