package uz.koprik.gateway.api.misp;

import java.util.Arrays;
import java.util.HexFormat;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.translate.export.MispFeedHead;

/**
 * An event of the feed as its audience sees it, without its attributes. Immutable by use: nobody changes the arrays.
 *
 * @param key what it is made of
 * @param tlp the strictest marking in it
 * @param seconds its timestamp, since the epoch
 * @param digest of its content
 * @param hashes of its values, see {@link uz.koprik.indicators.translate.export.MispFeedEvent#hashes}
 * @param lastModified when this centre saw its content change last, in seconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // kept by the thousand; compared by digest alone
record FeedEvent(
        EventKey key, MispFeedHead head, Tlp tlp, long seconds, byte[] digest, byte[] hashes, long lastModified) {

    boolean says(byte[] otherDigest) {
        return Arrays.equals(digest, otherDigest);
    }

    FeedFile file() {
        return new FeedFile('"' + HexFormat.of().formatHex(digest, 0, 16) + '-' + seconds + '"', lastModified);
    }
}
