import BusWire
import Foundation
import Testing

/// One case of vectors/driver.jsonl: what the Ruby driver did with an element.
struct DriverVector: Decodable, CustomTestStringConvertible {
    let note: String
    let now: Int
    let apps: [String: [String: String]]
    let busApps: [String]
    let incoming: String
    let out: [String: [String]]
    /// Redis strings that were there before.
    let strings: [String: String]?
    /// What else Redis held afterwards.
    let otherKeys: [String: Other]?

    enum CodingKeys: String, CodingKey {
        case note, now, apps, incoming, out, strings
        case busApps = "bus_apps"
        case otherKeys = "other_keys"
    }

    /// A string's text; other types do not matter here.
    struct Other: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    var testDescription: String { note }

    /// The cases in which the event itself keeps Ruby from driving it. Ruby loses all of them but the unknown class
    /// and the empty and missing hash, which it puts into `failed` itself.
    static let poisonous: [String: String] = [
        "number 1e400": "JSON::GeneratorError",
        "nesting limit (JSON gem max_nesting 100)": "QueueBus::Util::DecodeException",
        "inner JSON is an array: worker raises": "TypeError",
        "inner JSON is a string: silently dropped": "NameError",
        "inner JSON null: silently dropped": "NameError",
        "inner JSON empty string: raises": "QueueBus::Util::DecodeException",
        "inner JSON broken: raises": "QueueBus::Util::DecodeException",
        "inner JSON trailing garbage": "QueueBus::Util::DecodeException",
        "no class proxy: silently dropped": "NameError",
        "unknown class proxy: silently dropped": "NameError",
        "class proxy is the driver without module: silently dropped": "NameError",
        "args is not an array (hash)": "ArgumentError",
        "args missing": "ArgumentError",
        "two args": "ArgumentError",
        "arg is a hash, not a string": "TypeError",
        "unknown resque class goes to the failed list": "NameError",
        "outer JSON garbage: element lost, worker exits": "Resque::Helpers::DecodeException",
        "compat: ResqueBus::Driver with an empty hash raises": "RuntimeError",
        "compat: ResqueBus::Driver without args raises": "RuntimeError",
        "compat: ResqueBus::Driver with a JSON string arg": "TypeError",
    ]

    static let all: [DriverVector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceVectorTests/vectors/driver.jsonl")
        let lines = try! String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return lines.map { try! JSONDecoder().decode(DriverVector.self, from: Data($0.utf8)) }
    }()
}

@Suite(.timeLimit(.minutes(1))) struct DriverVectorTests {
    @Test func everyVectorIsHere() {
        #expect(DriverVector.all.count == 152)
        let notes = Set(DriverVector.all.map(\.note))
        #expect(DriverVector.poisonous.keys.allSatisfy(notes.contains))
    }

    @Test(arguments: DriverVector.all)
    func verdict(of vector: DriverVector) {
        let incoming = Scanned(Array(vector.incoming.utf8)).incoming
        if let exception = DriverVector.poisonous[vector.note] {
            guard case .poison(let poison) = incoming else {
                Issue.record("judged \(incoming)")
                return
            }
            #expect(poison.exception == exception)
        } else if vector.note.hasPrefix("heartbeat") || vector.note.hasSuffix("Heartbeat") {
            #expect(incoming == .heartbeat)
        } else if vector.note.hasPrefix("publisher") || vector.note.contains("Publisher") {
            #expect(incoming == .publisher)
        } else {
            #expect(incoming == .event)
        }
    }

    /// Every job that Ruby wrote is the job that we splice for the subscription it names.
    @Test(arguments: DriverVector.all)
    func splicedJobs(of vector: DriverVector) throws {
        let records = vector.busApps.map { name in
            let fields = vector.apps["bus_app:" + BusName.normalize(name)] ?? [:]
            return ApplicationRecord(name: name, fields: fields.map { ($0.key, $0.value) })
        }
        let subscriptions = records.flatMap(\.subscriptions)
        let templates = JobTemplates(subscriptions: subscriptions)
        let scan = EventScan()
        for (list, written) in vector.out {
            for text in written {
                let expected = try innerObject(ofJob: Array(text.utf8))
                // Jobs that go back to the incoming list are another matter.
                guard let className = JSONValue.object(expected)["bus_class_proxy"]?.string,
                    list != "queue:bus_incoming"
                else { continue }
                let candidates = subscriptions.indices.filter { index in
                    "queue:" + subscriptions[index].queue == list && subscriptions[index].className == className
                }
                let buffer = JobBuffer()
                Array(vector.incoming.utf8).withUnsafeBytes { bytes in
                    #expect(scan.scan(bytes) == .event)
                    for index in candidates {
                        templates.appendJob(index, of: scan, drivenAt: vector.now, to: buffer)
                    }
                }
                let spliced = try jobs(in: buffer).map { sorted(try innerObject(ofJob: $0)) }
                #expect(spliced.contains(sorted(expected)))
            }
        }
    }

    /// Member order is not contractual, nor is the spelling of numbers.
    private func sorted(_ members: [JSONMember]) -> [JSONMember] {
        members.map { JSONMember($0.key, normalized($0.value)) }.sorted { $0.key < $1.key }
    }

    private func normalized(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let text): .number(RubyText.number(text))
        case .array(let elements): .array(elements.map(normalized))
        case .object(let members): .object(members.map { JSONMember($0.key, normalized($0.value)) })
        default: value
        }
    }
}
