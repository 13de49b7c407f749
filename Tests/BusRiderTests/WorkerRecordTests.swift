import BusRider
import BusWire
import Testing

/// Texts are those of contract §6.
@Suite(.timeLimit(.minutes(1))) struct WorkerRecordTests {
    private static let epoch = 1_795_240_102

    @Test func idHasThreeParts() {
        let record = WorkerRecord(host: "rider-1", processID: 4242, queues: ["critical", "app_b_*"])
        #expect(record.id(slot: 7) == "rider-1+swift:4242.7:critical,app_b_*")
    }

    /// resque-web splits at the first two colons.
    @Test func colonsInTheHostAreRepaired() {
        let record = WorkerRecord(host: "::1", processID: 1, queues: ["a:b"])
        #expect(record.id(slot: 0) == "__1+swift:1.0:a:b")
        let parts = record.id(slot: 0).split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        #expect(parts == ["__1+swift", "1.0", "a:b"])
    }

    @Test func jobInHandIsEmbeddedAsItIs() {
        let element = #"{"class":"QueueBus::Worker","args":["{\"a\": 1}"]}"#
        let text = WorkerRecord.inHand(
            ReservedJob(element: Array(element.utf8), queue: "app \"b\""), runAt: Self.epoch)
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"queue":"app \"b\"","run_at":"2026-11-21T05:48:22Z","payload":\#(element)}"#)
    }

    @Test(arguments: ["", "garbage", "[]", #"{"args":[]}"#, #"{"class":"X","args":[1e400]}"#, #"{"class":"X"}}"#])
    func whatResqueWebCannotReadHasAStandIn(element: String) throws {
        let text = WorkerRecord.inHand(ReservedJob(element: Array(element.utf8), queue: "q"), runAt: Self.epoch)
        let value = try JSONValue.parse(text)
        #expect(value.members?.map(\.key) == ["queue", "run_at", "payload"])
        #expect(value["payload"] == ["class": "QueueBus::Worker", "args": [.string(element)]])
    }

    @Test func times() {
        #expect(WorkerRecord.started(Self.epoch) == "2026-11-21 05:48:22 +0000")
    }
}
