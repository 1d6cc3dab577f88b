package uz.koprik.gateway.config;

import java.time.LocalTime;
import java.util.Locale;
import java.util.OptionalInt;
import uz.koprik.indicators.policy.Tlp;

/** How long objects are kept. */
public record RetentionConfig(
        @Setting(
                        value =
                                "Time of day (UTC) of the daily run, which erases what is due; one gateway of a cluster does it.",
                        preset = "\"03:30\"",
                        matches = "([01][0-9]|2[0-3]):[0-5][0-9]",
                        shape = "hh:mm in quotes, such as \"03:30\"")
                String at,
        @Setting(
                        value = "Days for which TLP:CLEAR is kept after it was received; 0 for ever.",
                        preset = "0",
                        min = 0,
                        max = 36_500)
                int clear,
        @Setting(value = "The same for TLP:GREEN.", preset = "0", min = 0, max = 36_500) int green,
        @Setting(value = "The same for TLP:AMBER.", preset = "0", min = 0, max = 36_500) int amber,
        @Setting(value = "The same for TLP:AMBER+STRICT.", preset = "0", min = 0, max = 36_500) int amberStrict,
        @Setting(value = "The same for TLP:RED.", preset = "0", min = 0, max = 36_500) int red,
        @Setting(
                        value =
                                "The same for objects with personal observables under any marking. The shortest rule decides.",
                        preset = "0",
                        min = 0,
                        max = 36_500)
                int personal) {

    /** Nothing is erased by marking. */
    public static final RetentionConfig NONE = new RetentionConfig("03:30", 0, 0, 0, 0, 0, 0);

    /** The time of the daily run, UTC. */
    public LocalTime timeOfDay() {
        return LocalTime.parse(at);
    }

    /** Days for which objects of a marking are kept; empty when for ever. */
    public OptionalInt days(Tlp tlp) {
        return days(
                switch (tlp) {
                    case CLEAR -> clear;
                    case GREEN -> green;
                    case AMBER -> amber;
                    case AMBER_STRICT -> amberStrict;
                    case RED -> red;
                });
    }

    /** Days for which personal observables are kept; empty when for ever. */
    public OptionalInt personalDays() {
        return days(personal);
    }

    private static OptionalInt days(int days) {
        return days == 0 ? OptionalInt.empty() : OptionalInt.of(days);
    }

    /** The name of the setting of a marking. */
    public static String setting(Tlp tlp) {
        return "retention." + tlp.name().toLowerCase(Locale.ROOT);
    }
}
