import BusRider
import BusWire
import FoundationEssentials
import Testing

@testable import ResqueBus

@Suite(.timeLimit(.minutes(1))) struct JobRouterTests {
    @Test func aHandlerGetsItsEvent() async throws {
        let events = Notes<Event>()
        let application = Application("app_b") { Subscribe("user_created") { await events.add($0) } }
        let router = try JobRouter([application], now: { 1_700_000_005 })
        #expect(await router.perform(Sample.element()).isDone)
        let event = try #require(await events.all.first)
        #expect(event.id == "1700000000-u")
        #expect(event.type == "user_created")
        #expect(event["name"] == "Zoë")
        #expect(event.application == "app_b")
        #expect(event.subscription == "user_created")
        #expect(event.queue == "app_b_default")
        #expect(event.publishedAt?.timeIntervalSince1970 == 1_700_000_000)
        #expect(event.drivenAt?.timeIntervalSince1970 == 1_700_000_001)
        #expect(event.executedAt.timeIntervalSince1970 == 1_700_000_005)
        #expect(event.attributes.names.last == "bus_executed_at")
        #expect(event["bus_executed_at"] == 1_700_000_005)
    }

    @Test(arguments: [
        Sample.element(), Sample.worker(Sample.inner(of: Sample.element()), className: "::QueueBus::Worker"),
        Sample.element(proxy: "QueueBus::Rider"), Sample.element(proxy: "::ResqueBus::Rider"),
        Sample.element(proxy: "Some::Other"),
        Sample.job(
            "ResqueBus::Rider", [["bus_rider_app_key": "app_b", "bus_rider_sub_key": "user_created", "name": "Zoë"]]),
        Sample.job(
            "::ResqueBus::Rider", [["bus_rider_app_key": "app_b", "bus_rider_sub_key": "user_created", "name": "Zoë"]]),
        Array(
            #" { "args" : [ "{\"bus_rider_app_key\":\"app_b\",\"bus_rider_sub_key\":\"user_created\",\"name\":\"Zo\u00eb\",\"bus_class_proxy\":\"X\"}" ], "class":"QueueBus::Worker"}"#
                .utf8),
    ]) func everySpellingOfAnEventIsUnderstood(element: [UInt8]) async throws {
        let names = Notes<JSONValue?>()
        let router = try JobRouter([
            Application("app_b") { Subscribe("user_created") { await names.add($0["name"]) } }
        ])
        #expect(await router.perform(element).isDone)
        #expect(await names.all == ["Zoë"])
    }

    @Test func aSubscribersMethodsAreFoundByKey() async throws {
        let events = Notes<Event>()
        struct Greeter: Subscriber {
            let events: Notes<Event>
            var subscriptions: [Subscribe] { Subscribe("greet") { await events.add($0) } }
        }
        let router = try JobRouter([Application("app_b") { Greeter(events: events) }])
        #expect(await router.perform(Sample.element(key: "Greeter.greet", proxy: "Greeter")).isDone)
        #expect(await events.all.map { $0["bus_executed_at"] } == [nil])
    }

    @Test func heartbeatIntervalsAreJudgedByTheHandler() async throws {
        let times = Notes<JSONValue?>()
        let application = Application("app_b") {
            OnHeartbeat("tick", minuteInterval: 15, hourInterval: 2) { await times.add($0["minute"]) }
        }
        let router = try JobRouter([application])
        for (hour, minute) in [(4, 0), (4, 14), (4, 30), (5, 30), (0, 45)] {
            let element = Sample.element(#""hour":\#(hour),"minute":\#(minute)"#, key: "tick")
            #expect(await router.perform(element).isDone)
        }
        #expect(await router.perform(Sample.element(#""hour":"4""#, key: "tick")).isDone)
        #expect(await times.all == [0, 30, 45])
    }

    /// Ruby's `perform(*(args || []))`.
    @Test(arguments: [
        (#""text""#, #"["text"]"#), ("1", "[1]"), ("true", "[true]"), ("false", "[]"), ("null", "[]"), ("{}", "[]"),
        (#"{"a":1,"b":2}"#, #"[["a",1],["b",2]]"#), ("[[1]]", "[[1]]"),
    ])
    func argumentsArePassedAsRubyPassesThem(given: String, passed: String) throws {
        let job = try JobElement(Array(#"{"class":"::Object::Emailer","args":\#(given)}"#.utf8))
        #expect(job.className == "Emailer")
        #expect(try JSONValue.array(job.arguments).encoded() == Array(passed.utf8))
    }

    @Test(arguments: [
        ("[1", "Resque::Helpers::DecodeException", "the element is not JSON"),
        ("[]", "TypeError", "the element is an array and not a job"),
        (#"{"args":[]}"#, "Resque::NoClassError", "the job names no class"),
        (#"{"class":"","args":[]}"#, "Resque::NoClassError", "the job names no class"),
        (#"{"class":"Emailer","args":[]}"#, "NameError", "uninitialized constant Emailer: no application"),
        (#"{"class":"QueueBus::Worker","args":[]}"#, "ArgumentError", "wrong number of arguments for QueueBus::Worker"),
        (#"{"class":"QueueBus::Worker","args":[{}]}"#, "TypeError", "the argument of QueueBus::Worker is an object"),
        (
            #"{"class":"QueueBus::Worker","args":["{"]}"#, "QueueBus::Util::DecodeException",
            "the event's JSON is not JSON"
        ),
        (#"{"class":"QueueBus::Worker","args":["null"]}"#, "NameError", "the event's JSON is null"),
        (#"{"class":"QueueBus::Worker","args":["{}"]}"#, "NameError", "bus_class_proxy is missing"),
        (
            #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Driver\"}"]}"#,
            "BusDriver::MisplacedJob", "::QueueBus::Driver is a driver's work"
        ),
        (
            #"{"class":"::QueueBus::Heartbeat","args":[]}"#, "BusDriver::MisplacedJob",
            "QueueBus::Heartbeat is a driver's"
        ),
        (
            #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"X\",\"bus_rider_app_key\":5}"]}"#,
            "RuntimeError", "the event has no bus_rider_app_key"
        ),
        (
            #"{"class":"ResqueBus::Rider","args":["key",{}]}"#, "ArgumentError",
            "wrong number of arguments for ResqueBus"
        ),
        (#"{"class":"ResqueBus::Rider","args":["key"]}"#, "TypeError", "the attributes given to ResqueBus::Rider"),
        (
            #"{"class":"ResqueBus::Rider","args":[{"bus_rider_app_key":"nobody","bus_rider_sub_key":"x"}]}"#,
            "BusDriver::UnknownApplication", "no application nobody runs in this process"
        ),
        (
            #"{"class":"ResqueBus::Rider","args":[{"bus_rider_app_key":"app_b","bus_rider_sub_key":"gone"}]}"#,
            "BusDriver::UnknownSubscription", "the running code of app_b has no subscription gone; deploy code"
        ),
    ]) func whatNobodyCanRunFailsForGoodWithItsReason(element: String, exception: String, message: String) async throws
    {
        let router = try JobRouter([Application("app_b") { Subscribe("user_created") { _ in } }])
        let report = await router.perform(Array(element.utf8))
        let failure = try #require(report.failure)
        #expect(failure.exception == exception)
        #expect(failure.message.hasPrefix(message), "\(failure.message)")
        #expect(failure.retry == nil)
        #expect(report.retryKey == nil)
    }

    @Test func anErrorNamesItsTypeAndWhereTheHandlerStands() async throws {
        let router = try JobRouter([
            Application("app_b") {
                Subscribe("user_created", fileID: "Shop/Greeter.swift", line: 12) { _ in throw Refusal() }
            }
        ])
        let failure = try #require(await router.perform(Sample.element()).failure)
        #expect(failure.exception == "Refusal")
        #expect(failure.message == "no such mailbox")
        #expect(failure.backtrace == ["Greeter.swift:12:in `user_created'"])
        let own = try JobRouter([Application("app_b") { Subscribe("user_created") { _ in throw Refusal() } }])
        let line = #line - 1
        #expect(
            await own.perform(Sample.element()).failure?.backtrace == ["JobRouterTests.swift:\(line):in `user_created'"]
        )
    }
}
