package uz.koprik.indicators.observable.text;

import java.util.Set;

/** Words before a value that say what its digits are, in the languages of the centres. In lower case. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are copies that nobody can change
enum ContextWords {
    PHONE(
            "tel telephone phone mobile cell fax call called hotline msisdn faks ph mob позвонить звоните тел телефон телефона телефону моб"
                    + " мобильный факс звонок звонил звонили номер telefon telefonszám telefonnummer tel.nr mobil handy"
                    + " rufnummer anruf anrufer mobiltelefon hívás hívószám téléphone portable appel teléfono móvil"
                    + " llamada cep numara numarası numaradan arama raqam raqami raqamdan рақам рақами телефони tел 电话"
                    + " 手机 電話 携帯 전화 전화번호 휴대폰 numer numeru telefonu komórka дзвінок whatsapp viber signal hp telp"),
    CARD("card cards pan visa mastercard maestro humo uzcard mir amex karta kartasi kartaga karte kreditkarte carte"
            + " tarjeta kart kartı kartına kártya bankkártya bankkártyára карта карты карту карте картой картаси"
            + " картага картка картки картку мир хумо узкард kartę karty kredi debit credit cc кредитка 卡号 卡 カード 카드"),
    ACCOUNT("account acct a/c acc konto kontonummer számla számlaszám cuenta compte hesap hisob hisobraqam hisobi"
            + " счет счёт счета счёта сч р/сч к/с р/с рс х/р хр ҳисоб рахунок rachunek 账号 口座 계좌 rs p/c"),
    DEVICE("imei imeisv imsi iccid sim serial s/n meid esn iccd"),
    /** Names of hashes and numbers that have the form of the hash of a file and are none. */
    OTHER_HASH(
            "imphash imphashes imp impfuzzy vhash authentihash pehash richhash rich richpe richpv dhash phash telfhash"
                    + " cdhash symhash gimphash typerefhash trid txid txhash tx transaction txn blockhash btih infohash commit revision"
                    + " etag session sessionid csrf thumbprint serial serialnumber uuid guid nonce salt транзакции транзакция коммит tranzaksiya tranzakció"
                    + " transaktion transaktionshash"
                    // other algorithms and hashes of parts, secrets, addresses
                    + " ripemd md4 whirlpool keccak haval tiger blake2b blake2s blake3 gost streebog ntlm lm nt lanman import icon favicon"
                    + " cookie token key apikey secret password passwd pwd пароль ключ токен parol kalit jelszó kulcs passwort schlüssel"
                    + " 비밀번호 git wallet address eth ethereum кошелек кошелёк hamyon trace"),
    /** Names of fingerprints of how programs speak, which have the form of hashes of files. */
    HANDSHAKE("ja3 ja3s ja4 ja4s ja4h ja4x jarm hassh hasshserver"),
    VERSION(
            "version versions ver v release build firmware fw rev revision версия версии версию версію версія версії вер sürüm"
                    + " verzió verziója verziót versión versioni wersja wersji versiya versiyasi версияси 版本 バージョン 버전 oid"
                    + " upgrade update patch kernel"),
    /** Names of products, after which four numbers are a version. */
    PRODUCT("chrome chromium firefox safari edge edg opera opr iis nginx apache openssl openssh php python java jdk jre"
            + " curl wget okhttp windows ios android exchange tomcat wordpress joomla drupal esxi fortios teamviewer"
            + " anydesk anyconnect acrobat flash outlook whatsapp zoom webkit applewebkit gecko trident dalvik"),
    NETWORK(
            "ip ips ipv4 addr address addresses host server dns src dst source destination client ping nameserver resolver"
                    + " inet адрес адреса адресу хост хоста сервер сервера серверу узел manzil manzili manzilga манзил cím címe címről"
                    + " címet adresse adressen 주소 서버 地址 アドレス"),
    SECTION(
            "section sections sect sec chapter clause paragraph para p pp § раздел раздела пункт пункта п пп гл"
                    + " abschnitt kapitel ziffer szakasz pont fejezet sección sección apartado chapitre bölüm madde"
                    + " bo‘lim band rozdział punkt рис рисунок рисунке таблица таблице табл ст статья статьи приложение figure fig abb abbildung tabelle ábra táblázat rysunek rys şekil tablo rasm jadval figura tableau 图 表 그림 第 章 절 см"),
    CURRENCY("eur usd uzs rub huf krw gbp chf jpy cny try pln uah kzt cad aud aed inr kgs tjs czk sek nok dkk btc usdt"
            + " eth euro euros dollar dollars сум сўм сумов руб рублей рубля грн тенге долл долларов so'm so‘m soʻm som"
            + " so’m ft forint lira tl zł zloty won 원 元 円 万元 万円 만원 kg km mb gb kb pcs шт % € $ £ ¥ ₽ ₴ ₸ ₩ ₺");

    private static final int LOOK_BACK = 40;

    /** Words between the name of a hash and the hash. */
    private static final Set<String> BESIDE_HASH = Set.of(
            "hash",
            "id",
            "is",
            "no",
            "nr",
            "number",
            "value",
            "header",
            "digest",
            "fingerprint",
            "md5",
            "sha1",
            "sha256");

    private final Set<String> words;

    ContextWords(String words) {
        this.words = Set.copyOf(java.util.Arrays.asList(words.split(" ", -1)));
    }

    /** Whether a word is one of them. */
    boolean has(String word) {
        return words.contains(word);
    }

    /** Whether one of them is among the last three words before a position, on the same line. */
    boolean before(String text, int at) {
        int from = Math.max(0, at - LOOK_BACK);
        int end = at;
        for (int seen = 0; seen < 3; seen++) {
            while (end > from && !isWord(text.charAt(end - 1))) {
                char c = text.charAt(end - 1);
                if (c == '\n' || (seen > 0 && (c == ',' || c == ';'))) {
                    return false;
                }
                end--;
            }
            int start = end;
            while (start > from && isWord(text.charAt(start - 1))) {
                start--;
            }
            if (start == end) {
                return false;
            }
            String word = text.substring(start, end).toLowerCase(java.util.Locale.ROOT);
            if (has(word)
                    || (word.indexOf('/') < 0 && has(withoutNumber(word)))
                    || (this == VERSION && word.endsWith("version"))) {
                return true;
            }
            if (this == VERSION
                    || this == PRODUCT
                    || this == SECTION
                    || ((this == OTHER_HASH || this == HANDSHAKE) && !BESIDE_HASH.contains(word))) {
                return false;
            }
            end = start;
        }
        return false;
    }

    private static String withoutNumber(String word) {
        int end = word.length();
        while (end > 0 && word.charAt(end - 1) >= '0' && word.charAt(end - 1) <= '9') {
            end--;
        }
        return word.substring(0, end);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '§' || c == '\'' || c == '’' || c == '‘' || c == 'ʻ' || c == '/';
    }
}
