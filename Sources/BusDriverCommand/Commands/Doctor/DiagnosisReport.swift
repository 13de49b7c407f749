import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// Findings as people read them: what is wrong before what is well.
struct DiagnosisReport {
    /// Worst first; of equal verdicts in the order in which they were found.
    let findings: [Finding]
    /// Which server was looked at.
    private let server: String

    init(_ findings: [Finding], server: String) {
        self.findings = Finding.Verdict.allCases.reversed().flatMap { verdict in
            findings.filter { $0.verdict == verdict }
        }
        self.server = server
    }

    /// The findings that say that something is wrong.
    var troubles: [Finding] { findings.filter { $0.verdict != .ok } }

    /// What was found, in a line; then every finding, or only ``troubles``. Nothing where those are wanted and there
    /// are none.
    ///
    /// - Parameter quiet: whether what is well is left out.
    func text(quiet: Bool) -> String {
        if quiet, troubles.isEmpty { return "" }
        let shown = quiet ? troubles : findings
        return WrappedText.paragraph(TextTable.oneLine(summary)) + "\n" + shown.map(\.text).joined()
    }

    private var summary: String {
        func count(_ verdict: Finding.Verdict, _ one: String, _ many: String) -> String {
            let number = findings.count { $0.verdict == verdict }
            return number == 1 ? "1 \(one)" : "\(number) \(many)"
        }
        let well = count(.ok, "check finds nothing wrong", "checks find nothing wrong")
        return
            "\(count(.problem, "problem", "problems")), \(count(.warning, "warning", "warnings")); \(well). \(server)."
    }

    /// How a command ends that has found this: as plugins of monitors do.
    ///
    /// - Parameter strict: whether warnings count as problems.
    func exitCode(strict: Bool) -> ExitCode {
        let verdicts = Set(findings.map(\.verdict))
        if verdicts.contains(.problem) { return .critical }
        guard verdicts.contains(.warning) else { return .success }
        return strict ? .critical : .warning
    }
}

extension ExitCode {
    /// Something is lost or slow one day.
    static let warning = ExitCode(1)
    /// Events are lost, stuck or refused.
    static let critical = ExitCode(2)
    /// Nobody knows, since the examination itself failed.
    static let unknown = ExitCode(3)
}

extension Finding {
    fileprivate var text: String {
        let mark =
            switch verdict {
            case .ok: "ok      "
            case .warning: "warning "
            case .problem: "PROBLEM "
            }
        let indent = 10
        var text = WrappedText.paragraph(
            TextTable.oneLine("\(name): \(detail)"), first: mark, indent: mark.count)
        if let remedy {
            text += WrappedText.paragraph(
                TextTable.oneLine(remedy), first: "       -> ", indent: indent)
        }
        if let command {
            text += WrappedText.command(command.map { ShownText.escaped($0) }, indent: indent)
        }
        return text
    }

    var jsonValue: JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? nil }
        return [
            "check": .string(name), "verdict": .string(verdict.rawValue), "detail": .string(detail),
            "remedy": optional(remedy),
            "command": optional(command.map { $0.map(WrappedText.quoted).joined(separator: " ") }),
        ]
    }
}
