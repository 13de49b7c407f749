import Foundation
import GateRules

/// Instructions and allocations of the pure parts: `PureCosts` under callgrind.
enum PureCostsRun {
    static func measure(_ workbench: Workbench) throws -> Measurements {
        let folder = try workbench.emptyFolder("callgrind")
        let printed = try workbench.output(
            [
                "valgrind", "--log-file=\(folder.path)/log", "--tool=callgrind", "--instr-atstart=no",
                "--callgrind-out-file=\(folder.path)/out", "PureCosts",
            ],
            // Dictionaries of the standard library would take different ways each time.
            adding: ["SWIFT_DETERMINISTIC_HASHING": "1"])
        let counted = try instructions(in: folder)
        var allocations: [String: Double] = [:]
        var instructions: [String: Double] = [:]
        for line in printed.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let times = Double(fields[1]), let allocated = Double(fields[2]) else {
                throw GateError("PureCosts printed \(line)")
            }
            let title = String(fields[0])
            guard let count = counted[title] else { throw GateError("callgrind counted nothing for \(title)") }
            allocations[title] = allocated / times
            instructions[title] = count / times
        }
        return Measurements(figures: [.pureAllocations: allocations, .instructions: instructions])
    }

    /// What callgrind dumped at each mark, by the mark's name.
    private static func instructions(in folder: URL) throws -> [String: Double] {
        var counted: [String: Double] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            guard let title = rest(of: "desc: Trigger: Client Request: ", in: text),
                let total = rest(of: "summary: ", in: text).flatMap(Double.init)
            else { continue }
            counted[title] = total
        }
        return counted
    }

    /// What follows this beginning of a line.
    private static func rest(of beginning: String, in text: String) -> String? {
        guard let start = text.range(of: "\n" + beginning)?.upperBound else { return nil }
        return String(text[start...].prefix { $0 != "\n" })
    }
}
