import BusRider
import BusWire
import Testing

@testable import ResqueBus

/// What a rider gets to try a job again, byte for byte (contract §2.1, §7, §8).
@Suite(.timeLimit(.minutes(1))) struct RetryShapeTests {
    private func failure(_ element: [UInt8], from queue: String = "elsewhere") async throws -> (
        JobFailure.Retry, RetryKey?
    ) {
        let router = try JobRouter([
            Application("app_b") {
                Subscribe("user_created") { _ in throw Refusal() }
                Job("Emailer", queue: "emails") { _ in throw Refusal() }
            }
        ])
        let report = await router.perform(element, from: queue)
        return (try #require(report.failure?.retry), report.retryKey)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func anEventGoesBackToTheQueueOfItsSubscription() async throws {
        let element = Sample.element()
        let (retry, key) = try await failure(element)
        #expect(retry.queue == "app_b_default")
        #expect(text(retry.element) == text(element))
        #expect(text(retry.delayedElement) == text(element).dropLast() + #","queue":"app_b_default"}"#)
        #expect(retry.key == RetryKey(className: "QueueBus::Worker", arguments: Sample.inner(of: element)))
        #expect(key == retry.key)
    }

    @Test func withoutRiderQueueTheJobStaysOnItsQueue() async throws {
        let inner = #"{"bus_rider_app_key":"app_b","bus_rider_sub_key":"user_created","bus_class_proxy":"X"}"#
        let (retry, _) = try await failure(Sample.worker(inner, className: "::QueueBus::Worker"))
        #expect(retry.queue == "elsewhere")
        #expect(
            text(retry.element)
                == #"{"class":"QueueBus::Worker","args":["{\"bus_rider_app_key\":\"app_b\",\"bus_rider_sub_key\":\"user_created\",\"bus_class_proxy\":\"X\"}"]}"#
        )
        #expect(retry.key == RetryKey(className: "QueueBus::Worker", arguments: inner))
    }

    @Test func theOldFormatIsKnownByRubysInspection() async throws {
        let attributes: JSONValue = [
            "bus_rider_app_key": "app_b", "bus_rider_sub_key": "user_created", "bus_rider_queue": "app_b_old", "n": nil,
        ]
        let (retry, _) = try await failure(Sample.job("::ResqueBus::Rider", [attributes]))
        #expect(retry.queue == "app_b_old")
        #expect(
            retry.key
                == RetryKey(
                    className: "ResqueBus::Rider",
                    arguments:
                        #"{"bus_rider_app_key"=>"app_b", "bus_rider_sub_key"=>"user_created", "bus_rider_queue"=>"app_b_old", "n"=>nil}"#
                ))
        #expect(
            text(retry.delayedElement)
                == #"{"class":"ResqueBus::Rider","args":[{"bus_rider_app_key":"app_b","bus_rider_sub_key":"user_created","#
                + #""bus_rider_queue":"app_b_old","n":null}],"queue":"app_b_old"}"#)
    }

    @Test(
        arguments: [
            ([], ""), ([nil], ""), (["a"], "a"), (["a", nil, "b"], "a--b"),
            (["a", ["b", ["c", 1]], 2.5], "a-b-c-1-2.5"),
            ([[]], ""), (["a", []], "a-"), ([[["x"]]], "x"), ([["k": [true, "v"]]], #"{"k"=>[true, "v"]}"#),
            ([1e20, false], "1.0e+20-false"),
        ] as [(JSONValue, String)])
    func argumentsAreJoinedAsRubyJoinsThem(arguments: JSONValue, joined: String) async throws {
        let (retry, _) = try await failure(Sample.job("Emailer", arguments), from: "emails")
        #expect(retry.key == RetryKey(className: "Emailer", arguments: joined))
        #expect(try JobElement(Sample.job("Emailer", arguments)).joinedArguments == joined)
        #expect(retry.queue == "emails")
    }

    @Test func aPlainJobIsWrittenAsResqueWritesIt() async throws {
        let element = #"{ "args": ["é", 1.50, {"b":-0}], "class": "::Emailer", "other": 1 }"#
        let (retry, _) = try await failure(Array(element.utf8), from: "emails")
        #expect(text(retry.element) == #"{"class":"Emailer","args":["é",1.5,{"b":0}]}"#)
        #expect(text(retry.delayedElement) == #"{"class":"Emailer","args":["é",1.5,{"b":0}],"queue":"emails"}"#)
    }

    @Test func theNearestPolicyCounts() async throws {
        func delay(_ part: Subscribe, _ change: (Application) -> Application = { $0 }) async throws -> Duration? {
            let router = try JobRouter([change(Application("app_b") { part })])
            let retry = try #require(await router.perform(Sample.element()).failure?.retry)
            return retry.policy.delay(.init(number: 1, exception: "Refusal", message: ""))
        }
        let part = Subscribe("user_created") { _ in throw Refusal() }
        let seven = RetryPolicy { _ in .seconds(7) }
        #expect(try await delay(part) == .seconds(60))
        #expect(try await delay(part) { $0.retry(seven) } == .seconds(7))
        #expect(try await delay(part.retry(.none)) { $0.retry(seven) } == nil)
    }
}
