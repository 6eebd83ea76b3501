"""Marks that wait for release, their release, and the re-check that a candidate may ask for.

Results are only added. Until its sitting is released, nobody but the exam office sees a result, and the audit is told
none. Of a practical its two examiners and its candidate know what stands on the sheets that they sign, and the
examiners what these come to: that lies in signing them. Whoever was relieved or replaced sees nothing of it any more.
"""
