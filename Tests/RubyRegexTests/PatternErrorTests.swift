import RubyRegex
import Testing

@Suite(.timeLimit(.minutes(1))) struct PatternErrorTests {
    @Test func anErrorShowsItsReason() {
        #expect("\(PatternError.refused("empty char-class"))" == "empty char-class")
        #expect("\(PatternError.tooLarge("more than 64 KiB"))" == "more than 64 KiB")
    }
}
