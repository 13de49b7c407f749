/// One field of an application's hash, as the Ruby side reads it (contract §3).
package enum SubscriptionRecord: Hashable, Sendable {
    /// A usable subscription.
    case subscription(Subscription)
    /// Left out, by Ruby and here alike, or here alone.
    case unusable(Flaw)

    /// Why a record cannot be used.
    package enum Flaw: Hashable, Sendable, CaseIterable {
        /// Text that is no JSON, and in which Ruby finds no subscription either.
        case notJSON
        /// Text in which Ruby finds the words of a subscription: it goes on to the matcher and raises.
        case damaged
        /// A JSON string.
        case string
        /// `null`, an array, a number, `true` or `false`.
        case notObject
        case noQueueName, emptyQueueName, noKey, emptyKey
        /// No matcher, or one that is no object.
        case noMatcher

        /// A sentence without its subject, for a record that was named before.
        package var reason: String {
            switch self {
            case .notJSON: "it is no JSON"
            case .damaged: "it is a damaged record and no JSON"
            case .string: "it is a JSON string and no object"
            case .notObject: "it is JSON, but no object"
            case .noQueueName: "it has no queue_name"
            case .emptyQueueName: "its queue_name is empty"
            case .noKey: "it has no key"
            case .emptyKey: "its key is empty"
            case .noMatcher: "it has no matcher object"
            }
        }

        /// Whether Ruby raises, and with it every event fails for every application. The others it passes over in
        /// silence.
        package var stopsRuby: Bool {
            switch self {
            case .damaged, .notObject, .noMatcher: true
            case .notJSON, .string, .noQueueName, .emptyQueueName, .noKey, .emptyKey: false
            }
        }
    }

    /// Reads the value of one field.
    /// - Parameters:
    ///   - appKey: the application's normalised key.
    ///   - value: the record's JSON.
    package static func decode(appKey: String, value: String) -> SubscriptionRecord {
        guard let record = try? JSONValue.parse(value) else { return .unusable(isRead(value) ? .damaged : .notJSON) }
        switch record {
        case .object: return decode(record, appKey: appKey)
        case .string(let text): return .unusable(isRead(text) ? .damaged : .string)
        default: return .unusable(.notObject)
        }
    }

    private static func decode(_ record: JSONValue, appKey: String) -> SubscriptionRecord {
        guard let queue = text(record["queue_name"]) else { return .unusable(.noQueueName) }
        guard !queue.isEmpty else { return .unusable(.emptyQueueName) }
        guard let key = text(record["key"]) else { return .unusable(.noKey) }
        guard !key.isEmpty else { return .unusable(.emptyKey) }
        guard let matcher = record["matcher"]?.members else { return .unusable(.noMatcher) }
        let filters = matcher.map { SubscriptionFilter(name: $0.key, stored: RubyText.text(of: $0.value)) }
        return .subscription(
            Subscription(
                appKey: appKey, key: key, queue: BusName.normalize(queue),
                className: RubyText.text(of: record["class"] ?? .null), filters: filters))
    }

    /// What Ruby makes of a value by `to_s`; nil where there is none.
    private static func text(_ value: JSONValue?) -> String? {
        guard let value, value != .null else { return nil }
        return RubyText.text(of: value)
    }

    /// Ruby keeps what it cannot decode as a string and then asks that string for "queue_name" and "key": String#[]
    /// gives the word itself if it occurs. With both it goes on to the matcher and raises.
    private static func isRead(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            ["queue_name", "key"].allSatisfy { ByteSearch(for: $0).isFound(in: UnsafeRawBufferPointer(bytes)) }
        }
    }

    /// The JSON that Ruby's subscribe stores, members in its order.
    package static func encode(_ subscription: Subscription) -> [UInt8] {
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
package struct ApplicationRecord: Hashable, Sendable {
    /// A field that had to be left out, or the whole application.
    package struct Fault: Hashable, Sendable {
        /// The hash field; nil when the application as a whole is at fault.
        package let field: String?
        /// A sentence without its subject.
        package let reason: String
        /// Whether Ruby raises on it, and so loses every event; otherwise it passes it over in silence.
        package let stopsRuby: Bool
    }

    /// The normalised key, whose hash holds the records; nil when the name is unusable.
    package let appKey: String?
    /// In the order of the hash; no key twice.
    package let subscriptions: [Subscription]
    /// What was left out. One warning each is due.
    package let faults: [Fault]

    /// Reads the hash of an application.
    /// - Parameters:
    ///   - name: the member of `bus_apps`; it is normalised here, as Ruby does before it reads the hash.
    ///   - fields: field and value in the order of HGETALL.
    package init(name: String, fields: [(field: String, value: String)]) {
        appKey = BusName.applicationKey(name)
        guard let appKey else {
            subscriptions = []
            faults = [Fault(field: nil, reason: "it is not a valid application name", stopsRuby: true)]
            return
        }
        var subscriptions: [Subscription] = []
        var faults: [Fault] = []
        var keys: Set<ExactString> = []
        for (field, value) in fields {
            switch SubscriptionRecord.decode(appKey: appKey, value: value) {
            case .unusable(let flaw):
                faults.append(Fault(field: field, reason: flaw.reason, stopsRuby: flaw.stopsRuby))
            case .subscription(let subscription):
                if keys.insert(ExactString(subscription.key)).inserted {
                    subscriptions.append(subscription)
                } else {
                    let reason = "it has the key \(quoted(subscription.key)) of an earlier field"
                    faults.append(Fault(field: field, reason: reason, stopsRuby: true))
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
