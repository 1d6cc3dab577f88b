package uz.koprik.indicators.pattern;

import java.math.BigDecimal;
import java.math.BigInteger;
import uz.koprik.indicators.pattern.Constant.TimestampConstant;

/** When or how often something is observed (STIX 2.1 section 9.4.1). */
public sealed interface Qualifier {

    /** {@code START t'…' STOP t'…'}: from {@code start} (inclusive) to {@code stop} (exclusive). */
    record StartStop(TimestampConstant start, TimestampConstant stop) implements Qualifier {}

    /** {@code WITHIN n SECONDS}: all of it inside a window of that length. */
    record Within(BigDecimal seconds) implements Qualifier {}

    /** {@code REPEATS n TIMES}: that many different times. */
    record Repeats(BigInteger times) implements Qualifier {}
}
