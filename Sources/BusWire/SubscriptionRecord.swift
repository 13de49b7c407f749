/// One field of an application's hash, as the Ruby side reads it (contract §3).
public enum SubscriptionRecord: Hashable, Sendable {
    /// A usable subscription.
    case subscription(Subscription)
    /// Ruby passes it over without a word: no queue, no key, or text that is no JSON.
    case skipped
    /// Ruby raises, and with it every event fails for every application. We leave it out and say why.
    case broken(reason: String)

    /// Reads the value of one field.
    /// - Parameters:
    ///   - appKey: the application's normalised key.
    ///   - field: the field's name, for the reason's sentence only.
    ///   - value: the record's JSON.
    public static func decode(appKey: String, field: String, value: String) -> SubscriptionRecord {
        guard let record = try? JSONValue.parse(value) else { return decodeRaw(value, field: field) }
        switch record {
        case .object: return decode(record, appKey: appKey, field: field)
        case .string(let text): return decodeRaw(text, field: field)
        default: return .broken(reason: "the value of field \(quoted(field)) is not a JSON object")
        }
    }

    private static func decode(_ record: JSONValue, appKey: String, field: String) -> SubscriptionRecord {
        let queue = RubyText.text(of: record["queue_name"] ?? .null)
        let key = RubyText.text(of: record["key"] ?? .null)
        guard !queue.isEmpty, !key.isEmpty else { return .skipped }
        guard let matcher = record["matcher"]?.members else {
            return .broken(reason: "the record in field \(quoted(field)) has no matcher object")
        }
        let filters = matcher.map { SubscriptionFilter(name: $0.key, pattern: RubyText.text(of: $0.value)) }
        return .subscription(
            Subscription(
                appKey: appKey, key: key, queue: BusName.normalize(queue),
                className: RubyText.text(of: record["class"] ?? .null), filters: filters))
    }

    /// Ruby keeps what it cannot decode as a string and then asks that string for "queue_name" and "key": String#[]
    /// gives the word itself if it occurs. With both it goes on to the matcher and raises.
    private static func decodeRaw(_ text: String, field: String) -> SubscriptionRecord {
        guard text.utf8.contains(word: "queue_name"), text.utf8.contains(word: "key") else { return .skipped }
        return .broken(reason: "the value of field \(quoted(field)) is a damaged record, not JSON")
    }

    /// The JSON that Ruby's subscribe stores, members in its order.
    public static func encode(_ subscription: Subscription) -> [UInt8] {
        var output: [UInt8] = []
        output.append(#"{"queue_name":"#)
        subscription.queue.encodeJSON(into: &output)
        output.append(#","key":"#)
        subscription.key.encodeJSON(into: &output)
        output.append(#","class":"#)
        subscription.className.encodeJSON(into: &output)
        output.append(#","matcher":{"#)
        for (place, filter) in subscription.filters.enumerated() {
            if place > 0 { output.append(.comma) }
            filter.name.encodeJSON(into: &output)
            output.append(.colon)
            filter.pattern.encodeJSON(into: &output)
        }
        output.append("}}")
        return output
    }
}

/// Everything that one application has subscribed.
public struct ApplicationRecord: Hashable, Sendable {
    /// A field that had to be left out, or the whole application.
    public struct Fault: Hashable, Sendable {
        /// The hash field; nil when the application as a whole is at fault.
        public let field: String?
        /// A sentence.
        public let reason: String
    }

    /// The normalised key, whose hash holds the records; nil when the name is unusable.
    public let appKey: String?
    /// In the order of the hash; no key twice.
    public let subscriptions: [Subscription]
    /// What Ruby would have raised on. One warning each is due.
    public let faults: [Fault]

    /// Reads the hash of an application.
    /// - Parameters:
    ///   - name: the member of `bus_apps`; it is normalised here, as Ruby does before it reads the hash.
    ///   - fields: field and value in the order of HGETALL.
    public init(name: String, fields: [(field: String, value: String)]) {
        appKey = BusName.applicationKey(name)
        guard let appKey else {
            subscriptions = []
            faults = [Fault(field: nil, reason: "\(quoted(name)) is not a valid application name")]
            return
        }
        var subscriptions: [Subscription] = []
        var faults: [Fault] = []
        var keys: Set<ExactString> = []
        for (field, value) in fields {
            switch SubscriptionRecord.decode(appKey: appKey, field: field, value: value) {
            case .skipped: break
            case .broken(let reason): faults.append(Fault(field: field, reason: reason))
            case .subscription(let subscription):
                if keys.insert(ExactString(subscription.key)).inserted {
                    subscriptions.append(subscription)
                } else {
                    let reason = "field \(quoted(field)) has the key \(quoted(subscription.key)) of an earlier field"
                    faults.append(Fault(field: field, reason: reason))
                }
            }
        }
        self.subscriptions = subscriptions
        self.faults = faults
    }
}

/// `name` in quotes and on one line, for a sentence.
private func quoted(_ name: String) -> String {
    RubyText.text(of: .array([.string(name)])).dropFirst().dropLast().description
}

extension String.UTF8View {
    fileprivate func contains(word: String) -> Bool {
        let word = Array(word.utf8)
        let text = Array(self)
        return text.indices.contains { text[$0...].starts(with: word) }
    }
}
