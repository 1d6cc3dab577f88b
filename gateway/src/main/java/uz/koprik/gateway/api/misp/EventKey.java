package uz.koprik.gateway.api.misp;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which objects an event is made of: those of one producer whose first version came to this centre on one day, within
 * one part of the sequence. None of it changes while the object is there, so an object stays in its event.
 *
 * @param producer id of an identity; empty text when objects name none
 * @param day since the epoch, UTC
 * @param part number of the part of the sequence, from 0
 */
record EventKey(String producer, long day, int part) {

    static EventKey of(String producer, long addedMicros, int part) {
        return new EventKey(producer, Math.floorDiv(addedMicros, 86_400_000_000L), part);
    }

    String date() {
        return LocalDate.ofInstant(Instant.ofEpochSecond(day * 86_400), ZoneOffset.UTC)
                .toString();
    }
}
