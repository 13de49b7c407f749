import ArgumentParser
import BusMatching
import BusWire
import CommandInterface

/// `busdriver match`
struct Match: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tries filters on attributes, as the driver would. Needs no Redis.",
        discussion: """
            Each line of standard input is {"filters":{…},"attributes":{…}}; each gets a line: true or false.

            Example:
              echo '{"filters":{"page":"home.*"},"attributes":{"page":"homepage"}}' | busdriver match --explain
            """)

    @Flag(help: "Say for each filter whether it holds, and the value seen.")
    var explain = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Complaint.onFailure {
            let input = Input.standard
            try await input.forEachLine { line, number in
                let trial = try input.json(line, number: number)
                guard let filters = trial["filters"]?.members, let attributes = trial["attributes"]?.members else {
                    throw Complaint("Line \(number) must be {\"filters\":{…},\"attributes\":{…}}.")
                }
                answer(
                    filters.map { SubscriptionFilter(name: $0.key, pattern: RubyText.text(of: $0.value)) }, attributes)
            }
        }
    }

    private func answer(_ filters: [SubscriptionFilter], _ attributes: [JSONMember]) {
        let outcome = FilterTrial(filters).outcome(for: attributes)
        let matches = outcome == .matches(true)
        if case .undecided(let reason) = outcome {
            StandardError.write("undecided: the regular expression \(reason)\n")
        }
        let views = explain ? filters.map { FilterView($0, attributes) } : []
        if output.json {
            var line: JSONValue = ["match": .bool(matches)]
            if explain { line = line.setting("filters", to: .array(views.map(\.json))) }
            StandardOutput.write(line)
        } else {
            let reasons = views.map { ($0.verdict == .holds ? "  + " : "  - ") + $0.text + "\n" }.joined()
            let none = explain && filters.isEmpty ? "  - without filters nothing matches\n" : ""
            StandardOutput.write("\(matches)\n\(reasons)\(none)")
        }
    }
}
