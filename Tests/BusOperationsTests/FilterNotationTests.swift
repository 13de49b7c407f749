import BusOperations
import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct FilterNotationTests {
    @Test(arguments: [
        ("page=home", "page", "home"), ("page=/^home/", "page", "(?-mix:^home)"),
        ("page=/a/i", "page", "(?-mix:(?i-mx:a))"), ("page=/a/mix", "page", "(?-mix:(?mix:a))"),
        ("path=/usr/local", "path", "/usr/local"), ("path=/", "path", "/"),
        ("user:present", "user", "bus_special_value_present"),
        ("a:b:nil", "a:b", "bus_special_value_nil"), ("a:b=c:key", "a:b", "c:key"),
    ])
    func reads(_ text: String, name: String, pattern: String) throws {
        #expect(try FilterNotation.parse(text) == SubscriptionFilter(name: name, pattern: pattern))
    }

    @Test(arguments: ["page", "page=", "=x", ":present", "page:maybe", ""])
    func refuses(_ text: String) {
        #expect(throws: OperationError.self) { try FilterNotation.parse(text) }
    }

    @Test(arguments: ["page=home", "page=/^home/", "user:present", "a:b:nil"])
    func writesWhatItReads(_ text: String) throws {
        #expect(FilterNotation.text(try FilterNotation.parse(text)) == text)
    }
}
