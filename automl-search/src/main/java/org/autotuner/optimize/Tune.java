package org.autotuner.optimize;
final class Tune {
    static double d(String name, double def) { String s = System.getProperty("tune." + name); return s == null ? def : Double.parseDouble(s); }
}
