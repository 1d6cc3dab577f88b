package uz.koprik.indicators.fuzz;

import java.util.Arrays;

/** How a target says that something is wrong. */
final class Findings {

    private Findings() {}

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(byte[] a, byte[] b, String what) {
        check(Arrays.equals(a, b), what + " differs");
    }
}
