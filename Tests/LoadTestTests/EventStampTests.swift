import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct EventStampTests {
    private let stamp = EventStamp(run: "0a1b2c3d")

    @Test func isFoundWhereverItStands() {
        var bytes = Array(#"{"args":["{\"bus_lt\":\""#.utf8)
        stamp.append(40_961, to: &bytes)
        bytes += Array(#"\"}"]}"#.utf8)
        #expect(bytes.withUnsafeBytes { stamp.sequence(in: $0) } == 40_961)
    }

    @Test func ofAnotherRunIsNone() {
        var bytes: [UInt8] = []
        EventStamp(run: "ffffffff").append(1, to: &bytes)
        #expect(bytes.withUnsafeBytes { stamp.sequence(in: $0) } == nil)
    }

    @Test func cutShortIsNone() {
        var bytes: [UInt8] = []
        stamp.append(1, to: &bytes)
        #expect(bytes.dropLast().withUnsafeBytes { stamp.sequence(in: $0) } == nil)
    }
}
