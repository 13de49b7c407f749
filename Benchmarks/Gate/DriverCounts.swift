import GateRules

/// What Redis and malloc count while `busdriver run --drain` empties a backlog (`run-counts`).
enum DriverCounts {
    static func measure(_ workbench: Workbench) throws -> Measurements {
        var redis: [String: Double] = [:]
        var allocations: [String: Double] = [:]
        for line in try workbench.output(["Benchmarks/run-counts"]).split(separator: "\n") {
            let figures = try numbers(in: line)
            guard let matches = figures["matches"], let events = figures["events"] else {
                throw GateError("run-counts printed \(line)")
            }
            for (name, number) in figures where name != "matches" && name != "events" {
                let title = "\(name.replacing("_", with: " ")), \(Int(matches)) matching"
                if name == "allocations" {
                    allocations[title] = number / events
                } else {
                    redis[title] = number / events
                }
            }
        }
        return Measurements(figures: [.redis: redis, .driverAllocations: allocations])
    }

    /// The numbers of `name=number name=number …`.
    private static func numbers(in line: Substring) throws -> [String: Double] {
        var numbers: [String: Double] = [:]
        for word in line.split(separator: " ") {
            let parts = word.split(separator: "=")
            guard parts.count == 2, let number = Double(parts[1]) else { throw GateError("run-counts printed \(line)") }
            numbers[String(parts[0])] = number
        }
        return numbers
    }
}
