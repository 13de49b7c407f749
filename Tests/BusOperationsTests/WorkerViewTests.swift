import BusWire
import Testing

@testable import BusOperations

/// What is known of a worker once the clock is looked at (contract §6, protocol §4.4).
@Suite(.timeLimit(.minutes(1))) struct WorkerViewTests {
    private static let now = 1_795_240_800

    private static func worker(
        _ id: String = "web-1:17:critical", _ kind: RegisteredWorker.Kind = .ruby, started: String? = nil,
        heartbeat: String? = nil, lease: Duration? = nil, job: JSONValue? = nil, unreadable: [String] = []
    ) -> RegisteredWorker {
        RegisteredWorker(
            id: id, kind: kind, host: "web-1", processID: "17", queues: ["critical"], started: started,
            heartbeat: heartbeat, lease: lease, isPaused: false, job: job, processed: 12, failed: 3,
            unreadable: unreadable)
    }

    private func view(_ worker: RegisteredWorker) -> WorkerView { WorkerView(worker, now: Self.now) }

    /// Of one of Ruby's five minutes of silence tell, of ours the lease.
    @Test(arguments: [
        (worker(heartbeat: "2026-11-21T05:55:00+00:00"), false), (worker(heartbeat: "2026-11-21T05:54:59Z"), true),
        (worker(), false), (worker(heartbeat: "nonsense"), false), (worker(heartbeat: "9999999999999"), false),
        (worker("h+swift:9:q", .driver, lease: .milliseconds(1)), false),
        (worker("h+swift:9:q", .driver, lease: .zero), true), (worker("h+swift:9:q", .driver), true),
        (worker("h+swift:9.1:q", .rider, heartbeat: "2026-11-21T06:00:00Z"), true),
        (worker("h+swift:9.1:q", .rider, lease: .seconds(9)), false),
    ])
    func silenceTells(worker: RegisteredWorker, isStale: Bool) {
        #expect(view(worker).isStale == isStale)
    }

    @Test func timesAreReadInEveryForm() {
        #expect(view(Self.worker(started: "2026-11-21 05:48:22 +0100")).started == "2026-11-21T04:48:22Z")
        #expect(view(Self.worker(started: "1795240800")).started == "2026-11-21T06:00:00Z")
        #expect(view(Self.worker(started: "long ago")).started == "long ago")
        #expect(view(Self.worker()).started == nil)
        #expect(view(Self.worker(heartbeat: "1795240780")).heartbeatAge == 20)
        #expect(view(Self.worker(job: ["run_at": "2026-11-21T05:58:30Z"])).jobAge == 90)
        #expect(view(Self.worker(job: ["run_at": 1_795_240_710])).jobAge == nil)
    }

    @Test func programsGetAllButTheArguments() {
        let job: JSONValue = [
            "queue": "emails", "run_at": "2026-11-21T05:58:30Z", "payload": ["class": "Emailer", "args": ["secret"]],
        ]
        #expect(
            view(Self.worker(heartbeat: "2026-11-21T05:59:40Z", job: job)).json == [
                "id": "web-1:17:critical", "kind": "ruby", "host": "web-1", "pid": "17", "queues": ["critical"],
                "started": nil, "heartbeat": "2026-11-21T05:59:40Z", "heartbeat_seconds": 20, "lease_ms": nil,
                "stale": false, "paused": false,
                "job": [
                    "class": "Emailer", "queue": "emails", "run_at": "2026-11-21T05:58:30Z", "seconds": 90,
                    "event": nil,
                ], "processed": 12, "failed": 3,
            ])
    }

    @Test func aSecondSlotStandsBeforeATenth() {
        let ids = ["h+swift:9.10:q", "h+swift:9.2:q", "a:1:q", "h+swift:10.1:q"]
        #expect(
            WorkerOverview.views(of: ids.map { Self.worker($0) }, now: Self.now).map(\.worker.id)
                == ["a:1:q", "h+swift:9.2:q", "h+swift:9.10:q", "h+swift:10.1:q"])
    }
}

@Suite(.timeLimit(.minutes(1))) struct EventInHandTests {
    private static func job(_ event: String) -> JSONValue {
        ["payload": ["class": "QueueBus::Worker", "args": [.string(event)]]]
    }

    @Test func theEventAndWhoGetsItAreTold() throws {
        let event = try #require(
            EventInHand(
                Self.job(
                    #"{"bus_class_proxy":"::QueueBus::Rider","bus_event_type":"order_placed","bus_id":"17-ab","#
                        + #""bus_rider_app_key":"a","bus_rider_sub_key":"k","card":"secret"}"#)))
        #expect(event.text == "order_placed 17-ab for a/k")
        #expect(event.json == ["bus_event_type": "order_placed", "bus_id": "17-ab", "subscription": "a/k"])
        // A driver has it in hand: nobody is its subscriber yet.
        let driven = try #require(EventInHand(Self.job(#"{"bus_event_type":null}"#)))
        #expect(driven.text == "null" && driven.json["subscription"] == .null)
    }

    @Test(arguments: [
        job(#"{"bus_id":"no type"}"#), job("text"), ["payload": ["class": "Emailer", "args": [1]]], ["queue": "q"], nil,
    ])
    func anotherJobIsNone(job: JSONValue) {
        #expect(EventInHand(job) == nil)
    }
}
