import RedisTestSupport

/// What arrives on the incoming list is no event, or one of a kind that nobody publishes by intention.
extension Harm {
    static let events =
        hostile.map { name, element in
            Harm("an event: \(name)") { bench, _ in
                for _ in 1...3 { try bench.pushIncoming([element()]) }
                try await bench.last(for: .milliseconds(50))
            }
        } + [
            Harm("identical events") { bench, _ in try bench.publish(64, NeighbourBench.same) },
            Harm("heartbeats without end") { bench, _ in for _ in 1...64 { try bench.pushHeartbeat() } },
        ]

    /// Each holds the marker that must not come to light in any log.
    private static let hostile: KeyValuePairs<String, @Sendable () -> [UInt8]> = [
        "no JSON": { Array("{\(PayloadMarker.text)".utf8) },
        "nothing": { [] },
        "no job": { Array(#"["\#(PayloadMarker.text)"]"#.utf8) },
        "another class": { Array(#"{"class":"\#(PayloadMarker.text)","args":[1]}"#.utf8) },
        "no attributes": { Array(#"{"class":"QueueBus::Worker","args":[]}"#.utf8) },
        "a hundred thousand levels": { event(String(repeating: "[", count: 100_000)) },
        "a hundred thousand levels outside": { Array(String(repeating: "[", count: 100_000).utf8) },
        "a million numbers, oddly spelled": {
            event(#"{ "bus_event_type":"hostile","x":["# + String(repeating: "1e9,", count: 250_000) + "1]}")
        },
        "a number beyond all": { event(#"{"bus_event_type":"hostile","x":1e400,"y":-1e400,"z":\#(digits)}"#) },
        "invalid UTF-8": { Array(#"{"class":"QueueBus::Worker","args":["{\"x\":\""#.utf8) + [0xFF, 0xC0, 0x80] },
        "an escape that only lenient parsers read": { Array(#"{"class":"\M","args":["{}"]}"#.utf8) },
        "a lone surrogate": { event(#"{"bus_event_type":"hostile\ud800","x":"\u0000"}"#) },
        "an extreme time": {
            event(#"{"bus_event_type":"hostile","bus_published_at":\#(digits),"bus_delayed_until":-1e308}"#)
        },
        "a publisher of an extreme time": {
            event(
                #"{"bus_class_proxy":"QueueBus::Publisher","bus_event_type":"hostile","bus_delayed_until":\#(digits)}"#
            )
        },
    ]

    private static let digits = String(repeating: "9", count: 400)

    /// An element around attributes as they are spelled here.
    private static func event(_ attributes: String) -> [UInt8] {
        let marked =
            attributes.hasPrefix("{") ? #"{"marker":"\#(PayloadMarker.text)","# + attributes.dropFirst() : attributes
        return Array(#"{"class":"QueueBus::Worker","args":[\#(RubyValue.string(marked).json)]}"#.utf8)
    }
}
