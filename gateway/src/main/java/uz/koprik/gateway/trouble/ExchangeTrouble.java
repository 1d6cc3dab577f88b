package uz.koprik.gateway.trouble;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why the exchange with a partner fails. */
public enum ExchangeTrouble implements SentenceKind {
    @English("the name {host} of {partner} cannot be found: check the endpoint in its card or in partners.yaml,"
            + " and the name server here")
    PARTNER_HOST_UNKNOWN,
    @English("there is no way to {address} of {partner}: the network between is down, or a firewall forbids it")
    PARTNER_NO_ROUTE,
    @English("{address} of {partner} did not answer within {seconds} s: the machine is off, or a firewall on the"
            + " way drops the connection")
    PARTNER_TIMEOUT,
    @English("nobody listens at {address} of {partner} (connection refused): its gateway is not"
            + " running, or the port in its card is wrong")
    PARTNER_CONNECTION_REFUSED,
    @English("the connection to {address} of {partner} broke before an answer came ({said})")
    PARTNER_CONNECTION_BROKE,
    @English("[TLS with {address}: ]the server shows a certificate of \"{subject}\" with the pin {pin}, but"
            + " the trust list has for {partner} {said}: either its TLS key was changed, then ask for its new centre"
            + " card; or another server answers under its address")
    PARTNER_TLS_OTHER_KEY,
    @English("[TLS with {address}: ]the TLS certificate of the server of {partner} expired on {ended}: its"
            + " operators must run `koprik tls renew` there; its card stays good")
    PARTNER_TLS_EXPIRED,
    @English("[TLS with {address}: ]the TLS certificate of the server of {partner} is not valid before {from},"
            + " and it is {now} here: one of the two clocks is wrong, or its operators use a certificate too early")
    PARTNER_TLS_NOT_YET,
    @English("TLS with {address} of {partner} failed ({said}): our own TLS certificate expired on {ended};"
            + " make a new one here by `koprik tls renew`, and start again")
    PARTNER_TLS_OWN_EXPIRED,
    @English("TLS with {address} of {partner} failed ({said}): it finds our TLS certificate outside its dates,"
            + " which it is not by our clock; its operators and we must compare clocks")
    PARTNER_TLS_CLOCKS,
    @English("TLS with {address} of {partner} failed ({said}): does a Koprik gateway answer there, with TLS 1.3?")
    PARTNER_TLS_FAILED,
    @English("TLS with {address} of {partner} failed ({said}): the TLS certificate of that server, or of its"
            + " authority, expired: its operators must renew it")
    SERVER_TLS_EXPIRED,
    @English("TLS with {address} of {partner} failed ({said}): the TLS certificate of that server, or of its"
            + " authority, is not valid yet: one of the two clocks is wrong, or its operators use it too early")
    SERVER_TLS_NOT_YET,
    @English("TLS with {address} of {partner} failed ({said}): its certificate is not one that Java's"
            + " authorities, or the PEM file in partners.yaml, vouch for; or the name in it is another")
    SERVER_TLS_UNKNOWN,
    @English("{partner} at {address} took the request and did not begin to answer within {seconds} s: its gateway"
            + " is overloaded or hangs")
    PARTNER_SILENT,
    @English("{said}, after {count} objects from {partner}; they are kept, and the page is read again")
    PARTNER_BROKE_OFF,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: our own TLS certificate"
            + " expired on {ended}; make a new one here by `koprik tls renew`, and start again")
    PARTNER_REFUSES_EXPIRED,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: it finds our TLS certificate"
            + " outside its dates, which it is not by our clock; its operators and we must compare clocks")
    PARTNER_REFUSES_CLOCKS,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: it does not know our TLS key;"
            + " send its operators our current centre card (koprik partner card)")
    PARTNER_KNOWS_NO_KEY,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: it does not know us; check"
            + " username and secret_file in partners.yaml")
    PARTNER_KNOWS_NO_ACCOUNT,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: it knows us, but does not allow"
            + " this; ask its operators")
    PARTNER_FORBIDS,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: that is not there; check the endpoint"
            + " and the collections")
    PARTNER_LACKS,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: too much at once")
    PARTNER_TOO_MUCH,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: it is busy and wants to be asked later")
    PARTNER_BUSY,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]: something failed over there; its"
            + " operators must look at their log")
    PARTNER_FAILS,
    @English("{partner} answered {method} with {status}[, saying \"{said}\"]")
    PARTNER_REFUSES,
    @English("{partner} says again and again that there is more, but sends the same page: its gateway is at"
            + " fault; what it sent is kept")
    PARTNER_SAME_PAGE,
    @English("{partner} shows us no collection that we may read; ask its operators")
    PARTNER_NO_COLLECTION,
    @English("{partner} shows us no inbox that we may write to; ask its operators")
    PARTNER_NO_INBOX,
    @English("partners.yaml names no taxii.inbox for {partner}, so there is nowhere to push to")
    PARTNER_INBOX_NOT_NAMED,
    @English("{partner} is still working on a push after {seconds} s; it is sent again later")
    PARTNER_STILL_WORKING,
    @English("{partner} answered with something that is not a TAXII envelope, at line {line} after {count}"
            + " objects: {said}; its operators must look at their gateway")
    PARTNER_NO_ENVELOPE,
    @English("{partner} answered with something that is not JSON ({said}); is {root} really a TAXII 2.1 API root?")
    PARTNER_NO_JSON,
    @English("{partner} runs a version that knows no agreements; they wait until it is updated")
    PARTNER_EARLIER_VERSION,
    /** As {@link #PARTNER_NO_JSON}, where its gateway is known to be there. */
    @English("{partner} answered with something that is not JSON")
    PARTNER_NOT_JSON,
    @English("{partner} answered with more than {count} bytes where a few were expected")
    PARTNER_TOO_LONG,
    @English("the file {file}, which partners.yaml names for {partner}, cannot be read")
    PARTNER_FILE_UNREADABLE,
    @English("the address of {partner}, {root}, is that of this centre itself: correct its section in"
            + " partners.yaml, or remove it")
    PARTNER_IS_THIS_CENTRE,
    @English("{partner} is on no trust list, and partners.yaml has no taxii.api_root for it: add its centre"
            + " card, or remove it")
    PARTNER_NOT_LISTED,
    @English("the card of {partner} names no endpoint, so it cannot be called: ask for a card that does, or"
            + " set pull and push to false")
    PARTNER_NO_ENDPOINT,
    @English("the feed was stopped while waiting for {partner}")
    PARTNER_STOPPED,
    @English("an internal error while reading from {partner} ({said})")
    PARTNER_READER_FAILED,
    @English("the thread that reads from {partner} ended unexpectedly, see the log of this centre")
    PARTNER_READER_ENDED,
    @English("the feed waits: {said}")
    EXCHANGE_WAITS,
    @English("the store of this centre cannot serve now ({said}); nothing is lost, the feed waits")
    EXCHANGE_STORE_AWAY,
    @English("this centre cannot use its own store ({said})")
    EXCHANGE_OWN_STORE,
    @English("an internal error ({said}), see the log of this centre")
    EXCHANGE_ERROR,
    @English("the thread of this feed failed ({said}) and begins anew, see the log of this centre")
    EXCHANGE_THREAD_FAILED;
}
