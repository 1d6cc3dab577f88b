package uz.koprik.gateway.taxii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.http.Problem;

final class CursorTest {

    private final byte[] key = Secrets.randomBytes(16);

    @Property(tries = 200)
    void outlivesARestart(@ForAll @LongRange(min = 0) long seq) {
        assertEquals(seq, new Cursor(key).read(new Cursor(key).write(seq)));
    }

    @Property(tries = 200)
    void cannotBeForged(@ForAll @LongRange(min = 0) long seq, @ForAll @LongRange(min = 0, max = 127) long bit) {
        byte[] sealed = java.util.Base64.getUrlDecoder().decode(new Cursor(key).write(seq));
        sealed[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        String forged = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        assertThrows(Problem.class, () -> new Cursor(key).read(forged));
    }
}
