import BusWire
import Yams

/// A node of YAML as the JSON that Ruby makes of it: Psych 4 reads YAML 1.1.
enum YAMLValue {
    /// Aliases can make a short file endless.
    private static let mostValues = 10_000

    /// - Throws: `ScheduleError` for what JSON or Psych has no value for.
    static func json(_ node: Node) throws(ScheduleError) -> JSONValue {
        var left = mostValues
        return try json(node, left: &left)
    }

    private static func json(_ node: Node, left: inout Int) throws(ScheduleError) -> JSONValue {
        left -= 1
        guard left > 0 else { throw ScheduleError("It has more than \(mostValues) values; write it without aliases.") }
        switch node {
        case .scalar(let scalar): return try value(of: scalar)
        case .sequence(let sequence):
            try refuseTag(of: node, plain: "tag:yaml.org,2002:seq")
            var elements: [JSONValue] = []
            for element in sequence { elements.append(try json(element, left: &left)) }
            return .array(elements)
        case .mapping(let mapping):
            try refuseTag(of: node, plain: "tag:yaml.org,2002:map")
            return try object(mapping, left: &left)
        case .alias: throw ScheduleError("It has an alias of something that is not there.")
        }
    }

    private static func object(_ mapping: Node.Mapping, left: inout Int) throws(ScheduleError) -> JSONValue {
        var object = JSONValue.object([])
        for (key, value) in mapping {
            let value = try json(value, left: &left)
            // Yams has given the keys tags of its own, to compare them.
            let plainKey = key.scalar.flatMap { $0.style == .plain ? $0.string : nil }
            if plainKey == "<<", let merged = merged(value) {
                for member in merged { object = object.setting(member.key, to: member.value) }
            } else {
                let name = if let plainKey { plain(plainKey) } else { try json(key, left: &left) }
                object = object.setting(RubyText.text(of: name), to: value)
            }
        }
        return object
    }

    /// What `<<` merges: a map, or maps of which the first counts most. Members that come later win, as in Psych.
    private static func merged(_ value: JSONValue) -> [JSONMember]? {
        if let members = value.members { return members }
        guard let elements = value.elements, elements.allSatisfy({ $0.members != nil }) else { return nil }
        return elements.reversed().flatMap { $0.members ?? [] }
    }

    private static func refuseTag(of node: Node, plain: String) throws(ScheduleError) {
        let tag = node.tag.description
        guard tag.isEmpty || tag == "!" || tag == plain else { throw unknownTag(tag) }
    }

    private static func unknownTag(_ tag: String) -> ScheduleError {
        ScheduleError("The tag \(tag) stands for an object of Ruby; write a text, a number, a list or a map.")
    }

    // MARK: - Scalars

    private static func value(of scalar: Node.Scalar) throws(ScheduleError) -> JSONValue {
        switch scalar.tag.description {
        case "": return scalar.style == .plain ? plain(scalar.string) : .string(scalar.string)
        case "!", "tag:yaml.org,2002:str": return .string(scalar.string)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return plain(scalar.string)
        case let tag: throw unknownTag(tag)
        }
    }

    /// A text without quotes.
    private static func plain(_ text: String) -> JSONValue {
        switch text.lowercased() {
        case "", "~", "null": .null
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default: YAMLNumber(text)?.value ?? .string(symbol(text) ?? text)
        }
    }

    /// A symbol of Ruby, which JSON has as a text. `::Job` is meant as a class.
    private static func symbol(_ text: String) -> String? {
        guard text.hasPrefix(":"), let match = text.wholeMatch(of: /:(?:(["'])(.*)\1|([^:].*))/) else { return nil }
        return String(match.2 ?? match.3 ?? "")
    }
}
