/// Reads values out of environment variables and remembers which were understood.
struct EnvironmentReader {
    /// `NAME=value`, in the order of reading.
    private(set) var understood: [String] = []

    private let variables: [String: String]
    private let empty: Set<String>

    /// - Parameter variables: empty ones count as not set, except for ``textOrNothing(_:)``.
    init(_ variables: [String: String]) {
        self.variables = variables.filter { !$0.value.isEmpty }
        empty = Set(variables.filter(\.value.isEmpty).keys)
    }

    func has(_ name: String) -> Bool { variables[name] != nil }

    mutating func note(_ name: String, _ value: String) {
        understood.append("\(name)=\(value)")
    }

    /// Leaves it to the caller to note what may be shown.
    func secret(_ name: String) -> String? { variables[name] }

    mutating func text(_ name: String) -> String? {
        guard let value = variables[name] else { return nil }
        note(name, value)
        return value
    }

    /// The value where an empty one has a meaning of its own.
    mutating func textOrNothing(_ name: String) -> String? {
        guard empty.contains(name) else { return text(name) }
        note(name, "")
        return ""
    }

    mutating func isOn(_ name: String) -> Bool {
        guard let value = text(name) else { return false }
        return !["0", "false", "no", "off"].contains(value.lowercased())
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(BusError) -> Int? {
        guard let value = text(name) else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw BusError(
                .configuration,
                "\(name) is '\(value)'; write a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    mutating func seconds(_ name: String) throws(BusError) -> Duration? {
        guard let value = text(name) else { return nil }
        // A day at most: more is a mistake of units.
        guard let seconds = Double(value), (0...86400).contains(seconds) else {
            throw BusError(.configuration, "\(name) is '\(value)'; write seconds, such as 5 or 0.5, up to 86400.")
        }
        return .seconds(seconds)
    }
}
