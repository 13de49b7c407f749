import BusWire
import Foundation

/// A small generator whose whole state is its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A new seed every time, or that of `BUSWIRE_SEED`; printed so that a failure can be repeated.
    static func announced(for test: String) -> SeededGenerator {
        let given = ProcessInfo.processInfo.environment["BUSWIRE_SEED"].flatMap(UInt64.init)
        let seed = given ?? .random(in: 0...UInt64.max)
        print("\(test): BUSWIRE_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// Makes events as applications send them, and events as nobody would.
struct RandomJSON {
    var generator: SeededGenerator

    /// - Parameter mayRepeat: whether a member may occur twice, which Ruby's parser settles by taking the last value.
    mutating func event(mayRepeat: Bool = true) -> [JSONMember] {
        var members = [JSONMember("bus_event_type", .string(string()))]
        for name in [
            "bus_driven_at", "bus_rider_queue", "bus_rider_app_key", "bus_rider_sub_key", "bus_rider_class_name",
        ]
        where chance(of: 12) {
            members.append(JSONMember(name, value(depth: 0)))
        }
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let key = string()
            if !members.contains(where: { $0.key.isExactly(key) }) { members.append(JSONMember(key, value(depth: 0))) }
        }
        if mayRepeat, chance(of: 20) {
            members.append(JSONMember(members.randomElement(using: &generator)!.key, value(depth: 0)))
        }
        let proxy = ["QueueBus::Driver", "::QueueBus::Driver", "QueueBus::Publisher"].randomElement(using: &generator)!
        members.insert(
            JSONMember("bus_class_proxy", .string(proxy)), at: Int.random(in: 0...members.count, using: &generator))
        return members
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 9 : 7), using: &generator) {
        case 0: .null
        case 1: .bool(true)
        case 2: .bool(false)
        case 3: .integer(Int.random(in: -1000...1_000_000_000_000, using: &generator))
        case 4: .float(Double.random(in: -1e6...1e6, using: &generator))
        case 5:
            .number(
                ["-0", "-0.0", "1E5", "1.10", "12345678901234567890123", "1e-400", "0.1e+7", "9e299", "1e301"]
                    .randomElement(using: &generator)!)
        case 6: .string(string())
        case 7: .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth: depth + 1) })
        default: object(depth: depth)
        }
    }

    private mutating func object(depth: Int) -> JSONValue {
        var value = JSONValue.object([])
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            value = value.setting(string(), to: self.value(depth: depth + 1))
        }
        return value
    }

    mutating func string() -> String {
        let pieces = [
            "a", "user_created", "é", "e\u{301}", "😀", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "/", "\u{2028}",
            "#{x}", "bus_", "0123456789abcdef", "{\"a\":1}", "\\u0041", " ",
        ]
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
            .joined()
    }

    mutating func chance(of sides: Int) -> Bool {
        Int.random(in: 0..<sides, using: &generator) == 0
    }

    /// The JSON text of a value in a random one of its spellings.
    mutating func spell(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): spell(text)
        case .array(let elements): "[" + elements.map { spell($0) }.joined(separator: separator()) + "]"
        case .object(let members):
            "{" + members.map { spell($0.key) + colon() + spell($0.value) }.joined(separator: separator()) + "}"
        }
    }

    private mutating func separator() -> String { chance(of: 60) ? " , /* c */" : "," }
    private mutating func colon() -> String { chance(of: 120) ? "\t:\n" : ":" }

    private mutating func spell(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where scalar.value < 0x20 || chance(of: 40):
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                }
            case "\"", "\\": output += "\\" + String(scalar)
            case "/" where chance(of: 2): output += "\\/"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
