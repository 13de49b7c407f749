import BusWire
import Testing

/// What `Time#to_s` writes.
@Suite(.timeLimit(.minutes(1))) struct RubyTimeTests {
    @Test(arguments: [
        "2026-11-29 10:20:00 +0000", "2026-11-29 10:20:00 UTC", "2026-11-29 11:20:00 +0100",
        "2026-11-29 04:50:00 -0530", "2026-11-30 00:20:00 +1400",
    ])
    func aTimeIsReadInEveryZone(text: String) {
        #expect(RubyTime.epoch(text) == 1_795_947_600)
    }

    @Test func itIsWhatWeWriteOurselves() {
        for epoch in [0, 951_782_400, 1_795_947_600, 4_102_444_799] {
            #expect(RubyTime.epoch(CivilTime(epoch: epoch).rubyText) == epoch)
        }
    }

    @Test(arguments: [
        "", "Never", "2026-11-29", "2026-11-29 10:20:00", "2026-11-29 10:20:00 ", "2026-11-29 10:20:00 CET",
        "2026-11-29 10:20:00 +000", "2026-11-29 10:20:00 +00000", "2026-11-29 10:20:00 +2400",
        "2026-11-29 10:20:00 +0060", "2026-11-29 10:20:00 *0000", "2026-02-29 10:20:00 UTC",
        "2026-13-01 10:20:00 UTC", "2026-11-29 24:00:00 UTC", "2026-11-29 10:60:00 UTC", "2026-11-29T10:20:00 UTC",
        "-026-11-29 10:20:00 UTC", "2026-11-29 10:20:00 UTC ", "22026-11-29 10:20:00 +0000",
        "٢026-11-29 10:20:00 UTC", "2026-11-29 10:20:00 ٠٠",
    ])
    func whatRubyDoesNotWriteIsNoTime(text: String) {
        #expect(RubyTime.epoch(text) == nil)
    }
}
