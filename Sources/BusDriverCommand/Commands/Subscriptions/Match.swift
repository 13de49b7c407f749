import ArgumentParser
import BusMatching
import BusOperations
import BusWire
import CommandInterface

/// `busdriver match`
struct Match: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tries filters on attributes, as the driver would. Needs no Redis.",
        discussion: """
            Each line of standard input is {"filters":{…},"attributes":{…}}; each gets a line: true or false. A line that \
            cannot be read is answered by an error, and the exit code is 1 in the end. Where a regular expression could not be \
            judged the answer is false, and standard error says why.

            With --explain a line for each filter follows: whether it holds, the value seen and, of a regular expression, how \
            it is judged (as literal text, by an automaton, within a budget of steps); below it notes on what is wrong with it \
            or may be meant otherwise.

            Example:
              echo '{"filters":{"page":"home.*"},"attributes":{"page":"homepage"}}' | busdriver match --explain
            """)

    @Flag(help: "Say for each filter whether it holds, the value seen, and how it is judged.")
    var explain = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Complaint.onFailure {
            let input = Input.standard
            var unreadable = 0
            try await input.forEachLine { line, number in
                do {
                    let trial = try input.json(line, number: number)
                    guard let filters = trial["filters"]?.members, let attributes = trial["attributes"]?.members else {
                        throw Complaint("Line \(number) must be {\"filters\":{…},\"attributes\":{…}}.")
                    }
                    answer(
                        filters.map { SubscriptionFilter(name: $0.key, pattern: RubyText.text(of: $0.value)) },
                        attributes, line: number)
                } catch let error as Complaint {
                    unreadable += 1
                    refuse(error)
                }
            }
            if unreadable > 0 {
                throw Complaint("\(unreadable == 1 ? "1 line" : "\(unreadable) lines") could not be read.")
            }
        }
    }

    private func refuse(_ complaint: Complaint) {
        if output.json {
            StandardOutput.write(["error": .string(complaint.message)])
        } else {
            StandardOutput.write("error: \(TextTable.oneLine(complaint.message))\n")
        }
    }

    private func answer(_ filters: [SubscriptionFilter], _ attributes: [JSONMember], line number: Int) {
        let outcome = FilterTrial(filters).outcome(for: attributes)
        let matches = outcome == .matches(true)
        if case .undecided(let reason) = outcome {
            StandardError.write(
                TextTable.oneLine("line \(number) is undecided: the regular expression \(reason)") + "\n")
        }
        let views = explain ? filters.map { FilterView($0, attributes) } : []
        if output.json {
            var line: JSONValue = ["match": .bool(matches)]
            if case .undecided(let reason) = outcome {
                line = line.setting("undecided", to: .string(reason.description))
            }
            if explain { line = line.setting("filters", to: .array(views.map(\.json))) }
            StandardOutput.write(line)
        } else {
            let reasons = views.map { $0.text(indent: "  ") }.joined()
            let none = explain && filters.isEmpty ? "  - without filters nothing matches\n" : ""
            StandardOutput.write("\(matches)\n\(reasons)\(none)")
        }
    }
}
