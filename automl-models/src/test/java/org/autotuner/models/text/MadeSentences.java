package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences of many lengths and scripts, made from words. */
final class MadeSentences {

    private static final String[][] WORDS = {
        "the my card was charged twice and I would like to know why this payment failed yesterday".split(" "),
        "Große Änderungen überall: warum kostet die Überweisung zwölf Euro fünfzig".split(" "),
        "мой перевод не пришёл почему банк удержал комиссию".split(" "),
        "لماذا تأخر التحويل المصرفي هذا الأسبوع".split(" "),
        "מדוע החיוב בוצע פעמיים השבוע".split(" "),
        "为什么 我的 卡 被 拒绝 了".split(" "),
        "カード が 使え ない の は なぜ です か".split(" "),
        "मेरा कार्ड काम नहीं कर रहा".split(" "),
        "😀 🎉 👨‍👩‍👧 €5.00 user@example.com http://a.b/c?d=e #tag 12:30".split(" "),
        "ποσο κοστιζει το εμβασμα Αθήνα".split(" "),
    };

    private MadeSentences() {}

    static List<String> of(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int words = i % 7 == 0 ? 1 : random.nextInt(1, i % 40 == 3 ? 150 : 12);
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < words; w++) {
                String[] script = WORDS[random.nextInt(4) == 0 ? random.nextInt(WORDS.length) : i % WORDS.length];
                text.append(w == 0 ? "" : " ").append(script[random.nextInt(script.length)]);
            }
            all.add(text.toString());
        }
        return all;
    }
}
