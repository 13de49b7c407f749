import BusRider
import BusWire
import Foundation
import Testing

@testable import ResqueBus

@Suite(.timeLimit(.minutes(1))) struct DecodingTests {
    @Test func anEventComesAsATypeOfTheApplication() async throws {
        let orders = Notes<Order>()
        let ids = Notes<String?>()
        let application = Application("app_b") {
            Subscribe("plain") { (order: Order) in await orders.add(order) }
            Subscribe("both") { (order: Order, event: Event) in
                await orders.add(order)
                await ids.add(event.id)
            }
            Subscribe("asked") { event in await orders.add(try event.decode()) }
        }
        let router = try JobRouter([application])
        for key in ["plain", "both", "asked"] {
            let element = Sample.element(#""id":1.0,"buyer":{"name":"Zoë","age":7}"#, key: key)
            #expect(await router.perform(element).isDone)
        }
        #expect(await orders.all == Array(repeating: Order(id: 1, buyer: .init(name: "Zoë", age: 7)), count: 3))
        #expect(await ids.all == ["1700000000-u"])
    }

    @Test(arguments: [
        (#""id":1,"buyer":{"name":"Z","age":"7"}"#, "buyer.age: expected Int but found a string"),
        (#""id":1,"buyer":{"name":"Z","age":7.5}"#, "buyer.age: expected Int but found a number that does not fit"),
        (#""id":1,"buyer":{"name":null,"age":7}"#, "buyer.name: expected String but found null"),
        (#""id":1,"buyer":{"name":"Z"}"#, "buyer.age: expected Int but there is no such member"),
        (#""id":1,"buyer":[]"#, "buyer: expected an object but found an array"),
        (#""id":9223372036854775808,"buyer":{}"#, "id: expected Int but found a number that does not fit"),
    ]) func aMisfitFailsForGoodAndNamesTheField(event: String, message: String) async throws {
        let router = try JobRouter([Application("app_b") { Subscribe("user_created") { (_: Order) in } }])
        let report = await router.perform(Sample.element(event))
        let failure = try #require(report.failure)
        #expect(failure.exception == "ValueMismatch")
        #expect(failure.message == message)
        #expect(failure.retry == nil)
        #expect(report.retryKey != nil, "the counter of a Ruby worker's attempts is removed")
    }

    @Test func valuesOfManyTypes() throws {
        struct Everything: Decodable, Equatable {
            enum Color: String, Decodable { case red, green }

            var flag: Bool
            var ratio: Double
            var small: UInt8
            var maybe: Int?
            var gone: String?
            var tags: [String]
            var table: [String: [Int]]
            var color: Color
            var at: Date
            var since: Date
            var link: URL
            var id: UUID
        }
        let value: JSONValue = [
            "flag": true, "ratio": 2, "small": 255, "maybe": nil, "tags": ["a", "b"], "table": ["x": [1, 2]],
            "color": "green", "at": 1_700_000_000, "since": "2023-11-14T22:13:20.500Z", "link": "https://example.org/a",
            "id": "E621E1F8-C36C-495A-93FC-0C247A3E6E5F", "unknown": [1],
        ]
        let everything = try value.decode(as: Everything.self)
        #expect(everything.tags == ["a", "b"])
        #expect(everything.table == ["x": [1, 2]])
        #expect(everything.color == .green)
        #expect(everything.small == 255)
        #expect(everything.ratio == 2)
        #expect(everything.at.timeIntervalSince1970 == 1_700_000_000)
        #expect(everything.since.timeIntervalSince1970 == 1_700_000_000.5)
        #expect(everything.link.path == "/a")
        #expect(everything.maybe == nil)
        let short: JSONValue = "2023-11-14T22:13:20Z"
        #expect(try short.decode(as: Date.self).timeIntervalSince1970 == 1_700_000_000)
    }

    @Test func mismatchesNameElementsToo() throws {
        let value: JSONValue = ["rows": [[1], [1, "x"]]]
        let error = try #require(throws: ValueMismatch.self) { try value.decode(as: [String: [[Int]]].self) }
        #expect(error.path == "rows[1][1]")
        #expect(error.reason == "expected Int but found a string")
    }

    @Test func argumentsComeOneByOneOrAllTogether() async throws {
        let seen = Notes<String>()
        let application = Application("app_b") {
            Job("Raw", queue: "q") { arguments in await seen.add("\(arguments.count) \(arguments[0])") }
            Job("One", queue: "q") { (name: String) in await seen.add(name) }
            Job("Three", queue: "q") { (name: String, count: Int, note: String?) in
                await seen.add("\(name) \(count) \(note ?? "-")")
            }
            Job("Some", queue: "q") { arguments in await seen.add("\(try arguments.decode(1, as: [Int].self))") }
        }
        let router = try JobRouter([application])
        let jobs: [(String, JSONValue)] = [
            ("Raw", [true, 2]), ("One", ["a"]), ("Three", ["b", 2]), ("Three", ["b", 2, "c"]), ("Some", [0, [1, 2]]),
        ]
        for (name, arguments) in jobs { #expect(await router.perform(Sample.job(name, arguments)).isDone) }
        #expect(await seen.all == ["2 bool(true)", "a", "b 2 -", "b 2 c", "[1, 2]"])
    }

    @Test(
        arguments: [
            (["a", "b"], "args[1]: expected Int but found a string"), (["a"], "args[1]: expected Int but found null"),
            (["a", 1, 2], "args: expected 2 arguments but found 3"),
            ([["name": 5], 1], "args[0].name: expected String but found a number"),
        ] as [(JSONValue, String)])
    func argumentsThatDoNotFitFailForGood(arguments: JSONValue, message: String) async throws {
        struct Name: Decodable, Sendable { var name: String }
        let isNamed = arguments.elements?.first?.members != nil
        let router = try JobRouter([
            Application("app_b") {
                Job("Plain", queue: "q") { (_: String, _: Int) in }
                Job("Named", queue: "q") { (_: Name, _: Int) in }
            }
        ])
        let failure = try #require(await router.perform(Sample.job(isNamed ? "Named" : "Plain", arguments)).failure)
        #expect(failure.exception == "ValueMismatch")
        #expect(failure.message == message)
        #expect(failure.retry == nil)
    }
}
