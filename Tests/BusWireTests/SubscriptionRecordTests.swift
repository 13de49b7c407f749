import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct SubscriptionRecordTests {
    private func decode(_ value: String) -> SubscriptionRecord {
        SubscriptionRecord.decode(appKey: "app", value: value)
    }

    @Test func recordInFull() {
        let value =
            #"{"queue_name":"App B-Low!","key":"k","class":"::QueueBus::Rider","matcher":{"b":"x","a":5,"n":null,"l":[1,"a"]}}"#
        let expected = Subscription(
            appKey: "app", key: "k", queue: "app_b_low_", className: "::QueueBus::Rider",
            filters: [
                SubscriptionFilter(name: "b", pattern: "x"), SubscriptionFilter(name: "a", pattern: "5"),
                SubscriptionFilter(name: "n", pattern: ""), SubscriptionFilter(name: "l", pattern: #"[1, "a"]"#),
            ])
        #expect(decode(value) == .subscription(expected))
    }

    /// Nobody needs all of a pattern that is too long to be judged.
    @Test(arguments: ["a", "é", "😀"]) func ofVeryLongPatternsNotAllIsKept(character: String) throws {
        for count in [SubscriptionFilter.longestJudged, SubscriptionFilter.longestJudged + 1, 10_000_000] {
            let pattern = String(repeating: character, count: count / character.utf8.count)
            let record = decode(#"{"queue_name":"q","key":"k","matcher":{"a":"\#(pattern)"}}"#)
            guard case .subscription(let subscription) = record else {
                Issue.record("\(record)")
                continue
            }
            let kept = try #require(subscription.filters.first?.pattern)
            let isLonger = pattern.utf8.count > SubscriptionFilter.longestJudged
            #expect((kept.utf8.count > SubscriptionFilter.longestJudged) == isLonger)
            #expect(kept.utf8.count <= SubscriptionFilter.longestJudged + 4)
            #expect(pattern.utf8.starts(with: kept.utf8))
        }
    }

    @Test func numbersBecomeText() {
        let expected = Subscription(appKey: "app", key: "34", queue: "12", className: "56", filters: [])
        #expect(decode(#"{"queue_name":12,"key":34,"class":56,"matcher":{}}"#) == .subscription(expected))
    }

    /// What Ruby passes over in silence, and why.
    @Test(arguments: [
        ("not json", SubscriptionRecord.Flaw.notJSON), ("", .notJSON), (#""str""#, .string),
        (#""queue_name""#, .string),
        (#"{"key":"k","matcher":{}}"#, .noQueueName), (#"{"queue_name":null,"key":"k"}"#, .noQueueName),
        (#"{"queue_name":"","key":"k"}"#, .emptyQueueName), (#"{"queue_name":"q","matcher":{}}"#, .noKey),
        (#"{"queue_name":"q","key":null}"#, .noKey), (#"{"queue_name":"q","key":""}"#, .emptyKey),
        ("{}", .noQueueName),
    ])
    func passedOverByRuby(value: String, flaw: SubscriptionRecord.Flaw) {
        #expect(decode(value) == .unusable(flaw))
        #expect(!flaw.stopsRuby)
    }

    /// What Ruby raises on.
    @Test(arguments: [
        ("null", SubscriptionRecord.Flaw.notObject), ("[]", .notObject), ("5", .notObject), ("true", .notObject),
        (#"{"queue_name":"q","key":"k"}"#, .noMatcher), (#"{"queue_name":"q","key":"k","matcher":null}"#, .noMatcher),
        (#"{"queue_name":"q","key":"k","matcher":"x"}"#, .noMatcher),
        (#"{"queue_name":"q","key":"k","matcher":[]}"#, .noMatcher),
        // Ruby finds both words in the raw text and goes on to the matcher.
        (#"{"queue_name":"q","key":"k","matcher":{"#, .damaged), (#""queue_name key""#, .damaged),
    ])
    func raisedOnByRuby(value: String, flaw: SubscriptionRecord.Flaw) {
        #expect(decode(value) == .unusable(flaw))
        #expect(flaw.stopsRuby)
    }

    @Test func everyFlawHasAReasonOfItsOwn() {
        let reasons = SubscriptionRecord.Flaw.allCases.map(\.reason)
        #expect(Set(reasons).count == reasons.count)
    }

    @Test func encodedAsRubyDoes() {
        let subscription = Subscription(
            appKey: "app", key: "user_created", queue: "app_b_default", className: "::QueueBus::Rider",
            filters: [
                SubscriptionFilter(name: "bus_event_type", pattern: "user_created"),
                SubscriptionFilter(name: "x", pattern: "\n"),
            ])
        let text = String(decoding: SubscriptionRecord.encode(subscription), as: UTF8.self)
        #expect(
            text == #"{"queue_name":"app_b_default","key":"user_created","class":"::QueueBus::Rider","#
                + #""matcher":{"bus_event_type":"user_created","x":"\n"}}"#)
        #expect(decode(text) == .subscription(subscription))
    }

    @Test func applicationKeepsTheFirstOfEachKey() {
        func record(_ key: String, queue: String) -> String {
            #"{"queue_name":"\#(queue)","key":"\#(key)","class":"C","matcher":{"a":"b"}}"#
        }
        let application = ApplicationRecord(
            name: "App-B",
            fields: [
                ("f1", record("same", queue: "one")), ("f2", record("same", queue: "two")), ("f3", "null"),
                ("f4", "junk"),
                ("f5", record("\u{E9}", queue: "three")), ("f6", record("e\u{301}", queue: "four")),
            ])
        #expect(application.appKey == "app_b")
        #expect(application.subscriptions.map(\.queue) == ["one", "three", "four"])
        #expect(application.subscriptions.allSatisfy { $0.appKey == "app_b" })
        #expect(application.faults.map(\.field) == ["f2", "f3", "f4"])
        #expect(application.faults.map(\.stopsRuby) == [true, true, false])
    }

    @Test func unusableName() {
        let application = ApplicationRecord(name: "--", fields: [])
        #expect(application.appKey == nil && application.subscriptions.isEmpty)
        #expect(application.faults.map(\.field) == [nil])
    }
}
