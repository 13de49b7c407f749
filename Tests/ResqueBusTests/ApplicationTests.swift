import BusWire
import Testing

@testable import ResqueBus

struct Order: Decodable, Sendable, Equatable {
    struct Buyer: Decodable, Sendable, Equatable {
        var name: String
        var age: Int
    }

    var id: Int
    var buyer: Buyer
}

struct Mailer: Subscriber {
    var queue: String? = "mails"

    var subscriptions: [Subscribe] {
        Subscribe("user_created") { _ in }
        Subscribe("invoice_due", queue: "urgent", where: ["amount": .present]) { _ in }
        OnHeartbeat("tidy_up", hour: 3) { _ in }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ApplicationTests {
    /// The records that subscribing writes.
    static func records(_ application: Application) throws -> [String] {
        try application.validate()
        return try application.subscriptions.map {
            let record = try Bus.record(of: $0, appKey: application.key)
            return String(decoding: SubscriptionRecord.encode(record), as: UTF8.self)
        }
    }

    @Test func recordsAreRubys() throws {
        let application = Application("App-B") {
            Subscribe("user_created") { _ in }
            Subscribe(
                "home", queue: "critical",
                where: ["user_id": .present, "page": "homepage", "bus_event_type": .regex("^user_")]
            ) { _ in }
            Subscribe("any", queue: .shared("Common")) { _ in }
            Subscribe(regex: "^user_") { _ in }
        }
        #expect(
            try Self.records(application) == [
                #"{"queue_name":"app_b_default","key":"user_created","class":"::QueueBus::Rider","matcher":{"bus_event_type":"user_created"}}"#,
                #"{"queue_name":"app_b_critical","key":"home","class":"::QueueBus::Rider","#
                    + #""matcher":{"user_id":"bus_special_value_present","page":"homepage","bus_event_type":"(?-mix:^user_)"}}"#,
                #"{"queue_name":"common","key":"any","class":"::QueueBus::Rider","matcher":{"bus_event_type":"any"}}"#,
                #"{"queue_name":"app_b_default","key":"(?-mix:^user_)","class":"::QueueBus::Rider","matcher":{"bus_event_type":"(?-mix:^user_)"}}"#,
            ])
    }

    @Test func heartbeatsAreLiteralFilters() throws {
        let application = Application("clock") {
            OnHeartbeat("a", minute: 5, hour: 3, weekday: 0) { _ in }
            OnHeartbeat("b", queue: "slow", minuteInterval: 10, hourInterval: 2) { _ in }
        }
        #expect(
            try Self.records(application) == [
                #"{"queue_name":"clock_default","key":"a","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"heartbeat_minutes","minute":"5","hour":"3","wday":"0"}}"#,
                #"{"queue_name":"clock_slow","key":"b","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"heartbeat_minutes"}}"#,
            ])
    }

    @Test func aSubscriberIsWrittenAsRubysMixin() throws {
        #expect(
            try Self.records(Application("shop") { Mailer() }) == [
                #"{"queue_name":"mails","key":"Mailer.user_created","class":"Mailer","matcher":{"bus_event_type":"user_created"}}"#,
                #"{"queue_name":"urgent","key":"Mailer.invoice_due","class":"Mailer","matcher":{"amount":"bus_special_value_present"}}"#,
                #"{"queue_name":"mails","key":"Mailer.tidy_up","class":"Mailer","#
                    + #""matcher":{"bus_event_type":"heartbeat_minutes","hour":"3"}}"#,
            ])
        let withoutQueue = Application("shop") { Mailer(queue: nil) }
        #expect(withoutQueue.queues == ["shop_default", "urgent"])
    }

    @Test func queuesAreThoseOfEventsAndJobsOnce() {
        let application = Application("app_b") {
            Subscribe("a") { _ in }
            Subscribe("b", queue: "critical") { _ in }
            Subscribe("c") { _ in }
            Job("Emailer", queue: "Emails") { _ in }
            Job("Other", queue: "app_b_default") { _ in }
        }
        #expect(application.queues == ["app_b_default", "app_b_critical", "Emails"])
    }

    @Test func partsMayDependOnConditions() {
        let parts = ["a", "b"]
        let application = Application("app_b") {
            for part in parts { Subscribe(part) { _ in } }
            if parts.isEmpty { Subscribe("c") { _ in } } else { Subscribe("d") { _ in } }
            if parts.count == 2 { Subscribe("e") { _ in } }
        }
        #expect(application.subscriptions.map(\.key) == ["a", "b", "d", "e"])
    }

    @Test(arguments: [
        (
            Application("__") { Subscribe("a") { _ in } },
            "\"__\" is not a name for an application; it needs an ASCII letter or digit."
        ),
        (
            Application("x") {
                Subscribe("a") { _ in }
                Subscribe("a") { _ in }
            }, "x subscribes a twice; keys must differ."
        ),
        (Application("x") { Subscribe("") { _ in } }, "A subscription of x has an empty key."),
        (Application("x") { Subscribe("a", where: [:]) { _ in } }, "a has no filters, so it would never match."),
        (Application("x") { Subscribe("a", queue: .shared("")) { _ in } }, "The queue of a has no name."),
        (Application("x") { Job("", queue: "q") { _ in } }, "A job of x has an empty class."),
        (Application("x") { Job("J", queue: "") { _ in } }, "The job J has an empty queue."),
        (
            Application("x") {
                Job("J", queue: "q") { _ in }
                Job("::J", queue: "q") { _ in }
            }, "x has the job J twice; classes must differ."
        ),
        (
            Application("x") { Job("QueueBus::Worker", queue: "q") { _ in } },
            "QueueBus::Worker is a class of the bus itself; give the job another name."
        ),
        (
            Application("x") { Subscribe("a") { _ in }.timeout(.zero) },
            "The timeout of a is 0.0 seconds; give more than zero."
        ),
        (
            Application("x") { Subscribe("a") { _ in } }.timeout(.seconds(-1)),
            "The timeout of x is -1.0 seconds; give more than zero."
        ),
        (
            Application("x") { OnHeartbeat("h", minute: 60) { _ in } },
            "h waits for minute 60, which never comes; give one of 0...59."
        ),
        (
            Application("x") { OnHeartbeat("h", minuteInterval: 0) { _ in } },
            "The minuteInterval of h is 0; give 1 or more."
        ),
        (
            Application("x") { OnHeartbeat("h", hour: 1, hourInterval: 2) { _ in } },
            "h has both hour and hourInterval; give one of them."
        ),
    ]) func mistakesAreNamed(application: Application, message: String) throws {
        let error = try #require(throws: BusError.self) { try application.validate() }
        #expect(error.code == .invalidSubscription)
        #expect(error.message == message)
        #expect(throws: BusError.self) { try JobRouter([application]) }
    }

    @Test func allMistakesAreNamedAtOnce() throws {
        let error = try #require(throws: BusError.self) {
            try Application("x") {
                Subscribe("") { _ in }
                Job("", queue: "q") { _ in }
            }.validate()
        }
        #expect(error.message == "A subscription of x has an empty key. A job of x has an empty class.")
    }

    @Test func applicationsInOneProcessMustDiffer() throws {
        let first = Application("App B") { Job("J", queue: "q") { _ in } }
        let error = try #require(throws: BusError.self) { try JobRouter([first, Application("app_b") {}]) }
        #expect(error.message == "There are two applications app_b; put their parts into one.")
        let second = try #require(throws: BusError.self) {
            try JobRouter([first, Application("c") { Job("J", queue: "q") { _ in } }])
        }
        #expect(second.message == "Two applications have the job J; classes must differ.")
    }
}
