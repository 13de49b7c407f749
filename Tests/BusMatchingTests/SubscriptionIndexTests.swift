import BusMatching
import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct SubscriptionIndexTests {
    @Test("Matches are in the order of the subscriptions, however they are found")
    func order() throws {
        let subscriptions = (0..<400).map { number in
            switch number % 5 {
            case 0: subscription(number, [("bus_event_type", "t")])
            case 1: subscription(number, [("user_id", "7")])
            case 2: subscription(number, [("user_id", "(?-mix:^7)")])
            case 3: subscription(number, [("missing", "bus_special_value_nil")])
            default: subscription(number, [("page", "bus_special_value_present"), ("bus_event_type", "t|u")])
            }
        }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let attributes = [JSONMember("user_id", 7), JSONMember("page", "home"), JSONMember("bus_event_type", "t")]
        #expect(index.matches(attributes) == Array(0..<400))
        #expect(try index.matchesScanned(attributes) == Array(0..<400))
    }

    @Test("A subscription that two lines lead to is found once")
    func repeatedLines() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", "x")]), subscription(1, [("a", "(x|y)")]), subscription(2, [("a", "x\ny")]),
            subscription(3, [("a", "\\Ax\\z")]), subscription(4, [("a", "[x")]),
        ])
        #expect(index.matches([JSONMember("a", "x\ny\nx")]) == [0, 1, 2])
        #expect(index.matches([JSONMember("a", "z\nx\ny")]) == [0, 1, 2])
        #expect(index.matches([JSONMember("a", "x")]) == [0, 1, 3])
        #expect(index.matches([JSONMember("a", "q\n[x")]).isEmpty)
        #expect(index.matches([JSONMember("a", "[x")]) == [4])
    }

    @Test("Subscriptions that never match are counted and left out")
    func never() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, []), subscription(1, [("a", "x"), ("b", "")]), subscription(2, [("a", "x")]),
        ])
        #expect(index.statistics.neverMatching == 2)
        #expect(index.matches([JSONMember("a", "x"), JSONMember("b", "")]) == [2])
    }

    @Test("Only subscriptions that ask for nothing selective are residual")
    func residual() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", "bus_special_value_nil")]), subscription(1, [("a", ".*")]),
            subscription(2, [("a", "bus_special_value_blank"), ("b", "x")]),
            subscription(3, [("a", "bus_special_value_present")]), subscription(4, [("a", "(?-mix:[ab]+)")]),
        ])
        #expect(index.statistics.residual == 2)
        #expect(index.statistics.automata == 1)
        #expect(index.matches([]) == [0, 1])
    }

    @Test("A text equal to the filter satisfies it, though the pattern does not match")
    func ownText() {
        let filters = ["x+y", "(?-mix:^x.+y$)z", "(?=x)y", "(a", "^a.*b$|c*?d[e]"]
        let subscriptions = filters.enumerated().flatMap { number, filter in
            [subscription(2 * number, [("a", filter)]), subscription(2 * number + 1, [("b", "1"), ("a", filter)])]
        }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        for (number, filter) in filters.enumerated() {
            let text = [JSONMember("a", .string(filter))]
            #expect(index.matches(text).contains(2 * number))
            #expect(
                index.matches(text + [JSONMember("b", "1")]).filter { $0 / 2 == number } == [
                    2 * number, 2 * number + 1,
                ])
            #expect(!index.matches([JSONMember("a", .string("\n" + filter + "\n"))]).contains(2 * number))
        }
    }

    @Test("One scratch serves one index after another")
    func scratch() {
        let scratch = MatchScratch()
        let attributes = [JSONMember("a", "x"), JSONMember("b", "y")]
        for size in [1, 50, 3] {
            let index = SubscriptionIndex(subscriptions: (0..<size).map { subscription($0, [("a", "x")]) })
            #expect(index.matches(attributes, using: scratch) == Array(0..<size))
        }
        let empty = SubscriptionIndex(subscriptions: [])
        #expect(empty.matches(attributes, using: scratch).isEmpty)
    }

    @Test("Forty patterns of one attribute are found in twenty thousand texts, and again")
    func manyTexts() {
        let subscriptions = (0..<40).map { subscription($0, [("bus_event_type", "(?-mix:^type_\($0)[0-9]*$)")]) }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let scratch = MatchScratch()
        for round in 0..<2 {
            for number in 0..<20_000 {
                let type = "type_\(number)"
                let expected = (0..<40).filter { type.hasPrefix("type_\($0)") }
                #expect(
                    index.matches([JSONMember("bus_event_type", .string(type))], using: scratch) == expected,
                    "\(type) in round \(round)")
            }
        }
    }

    @Test("Tables take at most 200 bytes a subscription beyond the texts", arguments: [1_000, 20_000])
    func memory(count: Int) {
        let index = SubscriptionIndex(
            subscriptions: (0..<count).map {
                subscription($0, [("bus_event_type", "type_\($0 % 50)"), ("user_id", "\($0)")])
            })
        #expect(index.statistics.tableBytes <= 200 * count)
    }

    @Test("A scratch serves some indices in turn for long, while others come and go")
    func turns() {
        let index = { (name: String) in
            SubscriptionIndex(subscriptions: (0..<3).map { subscription($0, [("a", "[x]+\(name)\($0)")]) })
        }
        let lasting = (0..<3).map { index("l\($0)") }
        let scratch = MatchScratch()
        for number in 0..<200 {
            let passing = index("p\(number)")
            for (place, one) in lasting.enumerated() {
                #expect(one.matches([JSONMember("a", .string("xl\(place)1"))], using: scratch) == [1])
            }
            #expect(passing.matches([JSONMember("a", .string("xp\(number)2"))], using: scratch) == [2])
            #expect(scratch.preparedCount <= 40)
        }
    }

    @Test("Compiled regular expressions are taken over from the previous index")
    func reuse() {
        let subscriptions = (0..<20).map { subscription($0, [("a", "[x]+\($0)"), ("b", "(\($0)")]) }
        let first = SubscriptionIndex(subscriptions: subscriptions)
        let second = SubscriptionIndex(subscriptions: Array(subscriptions.reversed()), reusing: [first])
        #expect(second.statistics.automata == 20)
        #expect(second.matches([JSONMember("a", "x3"), JSONMember("b", "(3")]) == [16])
    }
}
