import BusRider
import BusWire

@testable import ResqueBus

/// Elements as a driver or Ruby writes them.
enum Sample {
    /// An event on the queue of a subscription.
    static func element(
        _ event: String = #""id":1,"name":"Zoë""#, app: String = "app_b", key: String = "user_created",
        queue: String = "app_b_default", proxy: String = "::QueueBus::Rider"
    ) -> [UInt8] {
        let inner =
            #"{"bus_driven_at":1700000001,"bus_rider_queue":"\#(queue)","bus_rider_app_key":"\#(app)","#
            + #""bus_rider_sub_key":"\#(key)","bus_rider_class_name":"\#(proxy)","bus_published_at":1700000000,"#
            + #""bus_event_type":"user_created","bus_id":"1700000000-u","bus_context":"req-9","bus_locale":"de","#
            + #""bus_timezone":"Europe/Paris",\#(event),"bus_class_proxy":"\#(proxy)"}"#
        return worker(inner)
    }

    /// The job of the bus around an inner text.
    static func worker(_ inner: String, className: String = "QueueBus::Worker") -> [UInt8] {
        job(className, .array([.string(inner)]))
    }

    /// Any job.
    static func job(_ className: String, _ arguments: JSONValue) -> [UInt8] {
        let job = JSONValue.object([JSONMember("class", .string(className)), JSONMember("args", arguments)])
        return (try? job.encoded()) ?? []
    }
}

extension JobRouter {
    func perform(_ element: [UInt8], from queue: String = "app_b_default") async -> JobReport {
        await perform(ReservedJob(element: element, queue: queue))
    }
}

extension JobReport {
    var isDone: Bool { if case .done = outcome { true } else { false } }
    var failure: JobFailure? { if case .failed(let failure) = outcome { failure } else { nil } }
    var cancellation: JobFailure? { if case .cancelled(let failure) = outcome { failure } else { nil } }
}

/// Collects what handlers have seen.
actor Notes<Note: Sendable> {
    private(set) var all: [Note] = []

    func add(_ note: Note) { all.append(note) }
}

struct Refusal: Error, CustomStringConvertible {
    var description: String { "no such mailbox" }
}

extension Sample {
    /// The text in a job of the bus.
    static func inner(of element: [UInt8]) -> String {
        (try? JSONValue.parse(element))?["args"]?.elements?.first?.string ?? ""
    }
}
